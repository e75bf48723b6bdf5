# Plots grazing-limit.csv of the present directory into grazing-limit.png: gnuplot grazing_limit.gp
# One column of panels for each density: above the distance of the operators, below that of the dissipations.
set encoding utf8
set datafile separator ','
set datafile missing 'nan'
file = 'grazing-limit.csv'
densities = system("awk -F, 'NR > 1 && !seen[$1]++ { print $1 }' " . file)
kernels = system("awk -F, 'NR > 1 && !seen[$2]++ { print $2 }' " . file)
title_of(name) = name eq 'bkw' ? 'BKW, K = 0.75' : name eq 'gaussians' ? 'two displaced Gaussians' : name eq 'shell' ? "Rosenbluth's shell" : name
label_of(name) = name eq 'maxwell' ? 'Maxwell, ν = 1/2' : name eq 'soft' ? 'soft γ = −2, ν = 1/2' : name eq 'coulomb' ? 'Coulomb γ = −3, ν = 3/2' : \
                 'Coulomb, ν = 2, cutoff'
colour_of(name) = name eq 'maxwell' ? 0x0072b2 : name eq 'soft' ? 0x009e73 : name eq 'coulomb' ? 0xd55e00 : 0x7f3c8d
shape_of(name) = name eq 'maxwell' ? 7 : name eq 'soft' ? 5 : name eq 'coulomb' ? 9 : 13
chosen(density, kernel) = strcol(1) eq density && strcol(2) eq kernel

columns = words(densities)
if (strstrt(GPVAL_TERMINALS, 'pngcairo')) set terminal pngcairo size 120 + 330 * columns, 640 font 'Sans,10' linewidth 1.3; \
else set terminal png size 120 + 330 * columns, 640
set output 'grazing-limit.png'
set logscale xy
set format y '10^{%T}'
set format x '10^{%T}'
stats file every ::1 using 5 nooutput
set xrange [1.6 * STATS_max:0.6 * STATS_min]
set yrange [2e-9:2]
set grid linecolor rgb '#e4e4e4'
set border linecolor rgb '#666666'
set key bottom left Left reverse samplen 1.5 spacing 1.1
set multiplot layout 2, columns columnsfirst margins screen 0.075, screen 0.985, screen 0.09, screen 0.945 spacing screen 0.03, screen 0.06
do for [d = 1:columns] {
    density = word(densities, d)
    do for [part = 0:1] {
        set title part == 0 ? title_of(density) : ''
        set xlabel part == 1 ? 'ε' : ''
        set ylabel d > 1 ? '' : part == 0 ? '‖Q_B^ε − Q_L‖_1 / ‖Q_L‖_1' : '|D_B^ε − D_L| / D_L'
        if (d > 1) { set format y '' }
        if (part == 0 && d == 1) { set key } else { unset key }
        plot 0.2 * x**2 with lines linecolor rgb '#999999' dashtype 2 title 'slope 2', \
             for [kernel in kernels] file using (chosen(density, kernel) ? $5 : NaN):(part == 0 ? $11 : $9) with linespoints \
                 linecolor rgb colour_of(kernel) pointtype shape_of(kernel) pointsize 0.9 title label_of(kernel)
    }
}
unset multiplot
