# kinetic-plasma.png of along.csv, across.csv and layers.csv in the present directory.
set encoding utf8
set datafile separator ','
if (strstrt(GPVAL_TERMINALS, 'pngcairo')) set terminal pngcairo size 1140, 420 font 'Sans,10' linewidth 1.3; \
    else set terminal png size 1140, 420
set output 'kinetic-plasma.png'
set grid linecolor rgb '#e4e4e4'
set border linecolor rgb '#666666'
set multiplot layout 1, 3 margins screen 0.04, screen 0.99, screen 0.12, screen 0.92 spacing screen 0.04, screen 0
set title 'uniform: T_x − T_⊥'
set xlabel 't/Kn'
set key top right samplen 1.5
# The first cell stands for all.
cell(name) = "< awk -F, '$2 == 0.5' " . name
plot cell('along.csv') using 1:($6 - $7) with points linecolor rgb 0x0072b2 pointtype 6 pointsize 0.7 title 'T_x = 1.4, T_⊥ = 0.8', \
     cell('along.csv') using 1:($9 - $10) with lines linecolor rgb 0x0072b2 title 'Trubnikov', \
     cell('across.csv') using 1:($6 - $7) with points linecolor rgb 0xd55e00 pointtype 4 pointsize 0.7 title 'T_x = 0.6, T_⊥ = 1.2', \
     cell('across.csv') using 1:($9 - $10) with lines linecolor rgb 0xd55e00 title 'Trubnikov'
set xlabel 'x'
set xrange [0:20]
colours = '#999999 #0072b2 #56b4e9 #009e73 #e69f00 #d55e00'
colour(k) = word(colours, k + 1)
set key top center samplen 1.5
set title 'layers: T_x'
plot for [k = 0:5] 'layers.csv' index k every ::1 using 2:6 with lines linecolor rgb colour(k) title sprintf('t = %d', 2 * k)
set title 'layers: T_⊥'
unset key
plot for [k = 0:5] 'layers.csv' index k every ::1 using 2:7 with lines linecolor rgb colour(k)
unset multiplot
