# Plots the tables of examples/collision_sphere.c of the present directory into collision-sphere.png and .svg:
# gnuplot collision_sphere.gp
set encoding utf8
set datafile separator ','
do for [format in 'png svg'] {
    reset
    set datafile separator ','
    set encoding utf8
    if (format eq 'svg') { set terminal svg size 900, 400 font 'Sans,11' linewidth 1.2 } \
    else { if (strstrt(GPVAL_TERMINALS, 'pngcairo')) { set terminal pngcairo size 900, 400 font 'Sans,10' linewidth 1.3 } \
    else { set terminal png size 900, 400 } }
    set output 'collision-sphere.'.format
    set multiplot

    set origin 0, 0.13
    set size 0.48, 0.87
    set view 65, 50, 1.3, 1
    set view equal xyz
    unset border
    unset tics
    unset key
    set colorbox horizontal user origin 0.12, 0.17 size 0.24, 0.025
    set cblabel '√h, h(w) = f(y + r w) f(y − r w) on the sphere of a pair' offset 0, 0.3
    set cbtics 0.02 offset 0, 0.3
    set label 8 '(a)' at screen 0.02, 0.95
    set pm3d depthorder
    set palette defined (0 '#f4f6f9', 0.5 '#9fc2dd', 1 '#2f78b0')
    set xyplane at -1.2
    set cbrange [0:0.073]
    coordinate(row, column) = real(system(sprintf("awk -F, 'NR == %d { print $%d }' collision-pair.csv", row + 1, column)))
    names = "v v* v' v*'"
    array X[4]; array Y[4]; array Z[4]
    do for [i = 1:4] { X[i] = coordinate(i, 2); Y[i] = coordinate(i, 3); Z[i] = coordinate(i, 4) }
    set arrow 1 from X[2], Y[2], Z[2] to X[1], Y[1], Z[1] front linecolor rgb '#222222' linewidth 1.6
    set arrow 2 from X[4], Y[4], Z[4] to X[3], Y[3], Z[3] front linecolor rgb '#d55e00' linewidth 1.6
    do for [i = 1:4] { set label i word(names, i) at 1.17 * X[i], 1.17 * Y[i], 1.17 * Z[i] center front textcolor rgb (i < 3 ? '#222222' : '#d55e00') font ',13' }
    do for [i = 5:24] { set arrow i from coordinate(i, 2), coordinate(i, 3), coordinate(i, 4) to coordinate(i + 1, 2), coordinate(i + 1, 3), coordinate(i + 1, 4) \
        nohead front linecolor rgb '#d55e00' linewidth 1.6 }
    set label 5 'y' at 0, 0, 0 front offset 0.8, -0.6 font ',13'
    set label 6 'θ' at 1.22 * (X[1] + X[3]) / 2, 1.22 * (Y[1] + Y[3]) / 2, 1.22 * (Z[1] + Z[3]) / 2 center front font ',13'
    splot 'collision-sphere.csv' skip 1 using 1:2:3:(sqrt($4)) with pm3d, \
          'collision-pair.csv' skip 1 every ::0::3 using 2:3:4 with points pointtype 7 pointsize 0.5 linecolor rgb '#222222'

    unset arrow
    unset label
    unset colorbox
    set label 1 '(b)' at screen 0.5, 0.95
    set border
    set tics
    set origin 0.49, 0
    set size 0.51, 1
    set logscale xy
    set format y '10^{%T}'
    set xlabel 'l(l + 1)'
    set ylabel '−λ_l'
    set grid linecolor rgb '#e4e4e4'
    set key top left Left reverse samplen 1.5
    set xrange [1.5:2000]
    set yrange [5:10000]
    plot 'collision-spectrum.csv' every ::1 using ($1 * ($1 + 1)):6 with lines linecolor rgb '#222222' dashtype 2 title 'Landau, 4 l(l + 1)', \
         '' every ::1 using ($1 * ($1 + 1)):5 with points pointtype 7 pointsize 0.6 linecolor rgb '#0072b2' title 'ε = 0.1', \
         '' every ::1 using ($1 * ($1 + 1)):4 with points pointtype 7 pointsize 0.6 linecolor rgb '#009e73' title 'ε = 0.3', \
         '' every ::1 using ($1 * ($1 + 1)):3 with points pointtype 7 pointsize 0.6 linecolor rgb '#d55e00' title 'ε = 1', \
         '' every ::1 using ($1 * ($1 + 1)):2 with points pointtype 7 pointsize 0.6 linecolor rgb '#7f3c8d' title 'ε = π'
    unset multiplot
}
