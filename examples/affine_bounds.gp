# Plots affine-bounds.csv of the present directory into affine-bounds.png: gnuplot affine_bounds.gp
# Left: the bounds as the test function nears sqrt(ff*); right: for each test function, how far the Boltzmann bound is from Landau's.
set encoding utf8
set datafile separator ','
file = 'affine-bounds.csv'
if (strstrt(GPVAL_TERMINALS, 'pngcairo')) set terminal pngcairo size 900, 400 font 'Sans,10' linewidth 1.3; \
    else set terminal png size 900, 400
set output 'affine-bounds.png'
set grid linecolor rgb '#e4e4e4'
set border linecolor rgb '#666666'
set key bottom right samplen 1.5
set multiplot layout 1, 2
set xlabel 's: log g = (1−s) log M + s log f'
set ylabel 'lower bound by ψ = √(gg*)'
plot for [e in '1.6 0.4'] file using ($1 == e ? $2 : NaN):3 with linespoints pointtype 7 title 'ε = '.e, \
     file using ($1 == 0 ? $2 : NaN):3 with linespoints linecolor rgb '#d55e00' pointtype 5 title 'Landau', \
     file using ($1 == 0 ? $2 : NaN):7 with lines linecolor rgb '#999999' dashtype 2 title 'D_L'
landau(k) = real(system(sprintf("awk -F, '$1 == 0 && $2 == %g { print $3 }' %s", k, file)))
set logscale xy
set format y '10^{%T}'
set xlabel 'ε'
set ylabel '|bound(ε) − Landau bound|'
set key bottom right
plot for [k in '0.25 0.5 0.75 1'] l = landau(k + 0) file using ($1 > 0 && $2 == k + 0 ? $1 : NaN):(abs($3 - l)) with points pointtype 7 \
     title 's = '.k, 0.01 * x**2 with lines linecolor rgb '#999999' dashtype 2 title 'slope 2'
unset multiplot
