/* The weight of the lift. */
#ifndef GRZI_LIFT_H
#define GRZI_LIFT_H

/* 1 + (|v|^2 + |v*|^2)^{delta/2} */
double grzi_lift_growth(double delta, const double *v, const double *v_star);

#endif
