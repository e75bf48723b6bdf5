# kinetic-shock.png of euler.csv, slip.csv and free.csv in the present directory.
set encoding utf8
set datafile separator ','
if (strstrt(GPVAL_TERMINALS, 'pngcairo')) set terminal pngcairo size 1140, 380 font 'Sans,10' linewidth 1.3; \
    else set terminal png size 1140, 380
set output 'kinetic-shock.png'
set grid linecolor rgb '#e4e4e4'
set border linecolor rgb '#666666'
set xrange [-0.5:0.5]
set xlabel 'x'
titles = 'density velocity temperature'
set multiplot layout 1, 3 margins screen 0.04, screen 0.99, screen 0.13, screen 0.92 spacing screen 0.04, screen 0
do for [k = 0:2] {
    set title word(titles, k + 1)
    if (k == 0) { set key top right samplen 1.5 spacing 1.1 } else { unset key }
    plot 'euler.csv' index 1 every ::1 using 2:(column(9 + k)) with lines linecolor rgb '#999999' linewidth 2 title 'Euler, exact', \
         'free.csv' index 1 every ::1 using 2:(column(12 + k)) with lines linecolor rgb '#999999' dashtype 2 linewidth 2 title 'free molecular, exact', \
         'euler.csv' index 1 every 2::1 using 2:(column(3 + k)) with points linecolor rgb 0x0072b2 pointtype 6 pointsize 0.7 title 'Kn = 10^{-4}', \
         'slip.csv' index 1 every ::1 using 2:(column(3 + k)) with lines linecolor rgb 0x009e73 title 'Kn = 10^{-2}', \
         'free.csv' index 1 every 4::1 using 2:(column(3 + k)) with points linecolor rgb 0xd55e00 pointtype 4 pointsize 0.7 title 'no collisions'
}
unset multiplot
