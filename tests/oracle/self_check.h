/* The oracle judged by closed forms, limits, doubled quadrature orders and brute force. */
#ifndef ORACLE_SELF_CHECK_H
#define ORACLE_SELF_CHECK_H

/* Prints one line per check with the worst deviation; 0 if all pass. fast leaves out the brute force (two minutes). */
int oracle_self_check(int fast);

#endif
