set terminal pngcairo size 800,500
set output "cells.png"
set datafile separator ","
set key off
set xlabel "time, in crossings of the tube at unit speed"
set ylabel "largest deviation of the density from its mean"
plot "cells.csv" skip 1 using 1:2 with lines lw 2
