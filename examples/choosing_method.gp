# Plots the tables of examples/choosing_method.c of the present directory into choosing-cost and choosing-box, each as .png and .svg:
# gnuplot choosing_method.gp. Numbers at points are n, at one curve of each method.
set encoding utf8
set datafile separator ','
set logscale y
set format y '10^{%T}'
set grid linecolor rgb '#e4e4e4'
set border linecolor rgb '#666666'
set key bottom left Left reverse samplen 1.5
file = 'choosing-cost.csv'

do for [format in 'png svg'] {
if (format eq 'svg') { set terminal svg size 860, 380 font 'Sans,11' linewidth 1.2 } \
else { if (strstrt(GPVAL_TERMINALS, 'pngcairo')) { set terminal pngcairo size 860, 380 font 'Sans,10' linewidth 1.3 } \
else { set terminal png size 860, 380 } }
set output 'choosing-cost.'.format
set multiplot layout 1, 2
set logscale x
set format x '10^{%T}'
set xrange [1e-4:100]
set yrange [1e-11:0.3]
set xlabel 'processor time of one application, seconds'
set ylabel 'max |Q − exact| / max |Q|'
set title 'Landau, two displaced Gaussians'
set label 1 '(a)' at graph 0.03, 0.95
set key bottom right
plot for [level = 1:3] "< awk -F, '$1 == \"landau\" && $2 == \"entropic\" && $3 == ".level."' ".file using 7:6 with linespoints pointtype 5 \
         linecolor rgb word('#9ad0bd #009e73 #00593f', level) title sprintf('entropic, level %d', level), \
     "< awk -F, '$1 == \"landau\" && $2 == \"entropic\" && $3 == 2' ".file using 7:6:4 with labels right offset -0.8, -0.4 font ',8' notitle, \
     "< awk -F, '$1 == \"landau\" && $2 == \"spectral\"' ".file using 7:6 with linespoints pointtype 7 linecolor rgb '#0072b2' title 'spectral', \
     '' using 7:6:4 with labels right offset -0.8, -0.4 font ',8' notitle
set title 'Boltzmann, ν = 1/2, BKW'
set label 1 '(b)' at graph 0.03, 0.95
set key bottom left
plot for [level = 1:2] "< awk -F, '$1 == \"boltzmann\" && $2 == \"entropic\" && $3 == ".level."' ".file using 7:6 with linespoints pointtype 5 \
         linecolor rgb word('#9ad0bd #009e73', level) title sprintf('entropic, level %d', level), \
     "< awk -F, '$1 == \"boltzmann\" && $2 == \"entropic\" && $3 == 2' ".file using 7:6:4 with labels right offset -0.8, -0.4 font ',8' notitle, \
     "< awk -F, '$1 == \"boltzmann\" && $2 == \"spectral\"' ".file using 7:6 with linespoints pointtype 7 linecolor rgb '#0072b2' title 'spectral', \
     '' using 7:6:4 with labels right offset -0.8, -0.4 font ',8' notitle
unset multiplot
}

unset label 1
do for [format in 'png svg'] {
if (format eq 'svg') { set terminal svg size 620, 380 font 'Sans,11' linewidth 1.2 } \
else { if (strstrt(GPVAL_TERMINALS, 'pngcairo')) { set terminal pngcairo size 620, 380 font 'Sans,10' linewidth 1.3 } \
else { set terminal png size 620, 380 } }
set output 'choosing-box.'.format
unset logscale x
set format x '%g'
set xrange [3:10]
set yrange [1e-7:1]
set ylabel 'max |Q − exact| / max |Q|'
set xlabel 'half width L of the box (standard deviation along x: 1.39)'
set title 'Landau, two displaced Gaussians, level 2'
colours = '#7f3c8d #d55e00 #0072b2 #222222'
plot for [i = 1:2] "< awk -F, '$1 == \"entropic\" && $2 == ".word('16 24', i)."' choosing-box.csv" using 3:4 with linespoints pointtype 4 pointsize 0.7 \
         dashtype 2 linecolor rgb word(colours, i) title 'entropic, n = '.word('16 24', i), \
     for [i = 1:4] "< awk -F, '$1 == \"spectral\" && $2 == ".word('16 24 32 48', i)."' choosing-box.csv" using 3:4 with linespoints pointtype 7 \
         pointsize 0.6 linecolor rgb word(colours, i) title 'spectral, n = '.word('16 24 32 48', i)
}
