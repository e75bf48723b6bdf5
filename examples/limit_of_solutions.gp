# limit.csv of limit_of_solutions to limit-of-solutions.png
set datafile separator ","
set terminal pngcairo size 800,600
set output "limit-of-solutions.png"
set logscale xy
set key left top
set xlabel "eps"
set ylabel "distance of the Boltzmann flow from the Landau flow"
plot "limit.csv" every ::1 using 1:2 with linespoints title "sup |H^{eps} - H|", \
     "" every ::1 using 1:4 with linespoints title "int |D^{eps} - D|", \
     "" every ::1 using 1:6 with linespoints title "int ||f'|^2_{eps} - |f'|^2|", \
     "" every ::1 using 1:8 with linespoints title "sup L^1", \
     "" every ::1 using 1:10 with linespoints title "sup weak-*", \
     "" every ::1 using 1:(0.01 * $1 * $1) with lines dashtype 2 title "eps^2"
