# Plots grazing-limit.csv of the present directory into grazing-limit.png and .svg: gnuplot grazing_limit.gp
# One column of panels for each density: above the distance of the operators, then that of the dissipations, and below both for the law
# with Coulomb's logarithmic cutoff against 1/log(1/eps), in which they are straight lines into 0.
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
has_cutoff = strstrt(kernels, 'cutoff') > 0
rows = has_cutoff ? 3 : 2
logarithm(eps) = eps < 1 ? 1 / log(1 / eps) : NaN
set grid linecolor rgb '#e4e4e4'
set border linecolor rgb '#666666'
set key bottom left Left reverse samplen 1.5 spacing 1.1
stats file every ::1 using 5 nooutput
do for [format in 'png svg'] {
    if (format eq 'svg') { set terminal svg size 120 + 330 * columns, 120 + 260 * rows font 'Sans,11' linewidth 1.2 } \
    else { if (strstrt(GPVAL_TERMINALS, 'pngcairo')) { set terminal pngcairo size 120 + 330 * columns, 120 + 260 * rows font 'Sans,10' linewidth 1.3 } \
    else { set terminal png size 120 + 330 * columns, 120 + 260 * rows } }
    set output 'grazing-limit.'.format
    set multiplot layout rows, columns columnsfirst margins screen 0.075, screen 0.985, screen 0.065, screen 0.965 spacing screen 0.03, screen 0.07
    do for [d = 1:columns] {
        density = word(densities, d)
        set logscale xy
        set format x '10^{%T}'
        set xrange [1.6 * STATS_max:0.6 * STATS_min]
        set yrange [2e-9:2]
        do for [part = 0:1] {
            set label 1 sprintf('(%s)', substr('abcdefghi', rows * (d - 1) + part + 1, rows * (d - 1) + part + 1)) at graph 0.93, 0.93
            set title part == 0 ? title_of(density) : ''
            set xlabel part == 1 || !has_cutoff ? 'ε' : ''
            set ylabel d > 1 ? '' : part == 0 ? '‖Q_B^ε − Q_L‖_1 / ‖Q_L‖_1' : '|D_B^ε − D_L| / D_L'
            set format y d > 1 ? '' : '10^{%T}'
            if (part == 0 && d == 1) { set key bottom left } else { unset key }
            plot 0.2 * x**2 with lines linecolor rgb '#999999' dashtype 2 title 'slope 2', \
                 for [kernel in kernels] file using (chosen(density, kernel) ? $5 : NaN):(part == 0 ? $11 : $9) with linespoints \
                     linecolor rgb colour_of(kernel) pointtype shape_of(kernel) pointsize 0.9 title label_of(kernel)
        }
        if (has_cutoff) {
            unset logscale
            set label 1 sprintf('(%s)', substr('abcdefghi', rows * d, rows * d)) at graph 0.93, 0.93
            set title ''
            set format x '%g'
            set format y d > 1 ? '' : '%g'
            set xrange [0:1]
            set yrange [0:0.25]
            set xlabel '1/log(1/ε)'
            set ylabel d > 1 ? '' : 'relative distance, cutoff law'
            if (d == 1) { set key top left } else { unset key }
            plot file using (chosen(density, 'cutoff') ? logarithm($5) : NaN):11 with linespoints linecolor rgb colour_of('cutoff') \
                     pointtype shape_of('cutoff') title 'operators', \
                 file using (chosen(density, 'cutoff') ? logarithm($5) : NaN):9 with linespoints linecolor rgb '#e69f00' pointtype 9 title 'dissipations'
        }
    }
    unset multiplot
}
