# Plots lift-limit.csv of the present directory into lift-limit.png: gnuplot lift_limit.gp
set encoding utf8
set datafile separator ','
if (strstrt(GPVAL_TERMINALS, 'pngcairo')) set terminal pngcairo size 560, 420 font 'Sans,10' linewidth 1.3; \
    else set terminal png size 560, 420
set output 'lift-limit.png'
set grid linecolor rgb '#e4e4e4'
set border linecolor rgb '#666666'
set logscale xy
set format y '10^{%T}'
set xlabel 'ε'
set ylabel 'relative distance to Landau'
set key top left Left reverse
plot 'lift-limit.csv' skip 1 using 1:2 with linespoints pointtype 7 title 'A_L(f, L M^ε) − D_L', \
     '' skip 1 using 1:3 with linespoints pointtype 5 title 'd/dt ∫ v_x^2 f', \
     '' skip 1 using 1:4 with linespoints pointtype 9 title 'L M^ε + ff* ∇̃ log f at one pair', \
     0.02 * x**2 with lines linecolor rgb '#999999' dashtype 2 title 'slope 2'
