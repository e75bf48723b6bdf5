/*
 * Prints the oracle's values for one problem, or checks the oracle itself against closed forms and brute force.
 */
#include "bimaxwellian.h"
#include "self_check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "oracle [options]              collision functionals of a bi-Maxwellian\n"
                            "  --self-check [fast]         check the oracle; `fast` leaves out the brute-force quadrature\n"
                            "  --temperature T1 T2 T3      (1 1 1)\n"
                            "  --rho R                     (1)\n"
                            "  --quaternion a b c d        rotation of the axes (1 0 0 0)\n"
                            "  --gamma G                   (0) in [-4, 1]\n"
                            "  --power NU | --sphere | --coulomb    angular law (power 0.5)\n"
                            "  --eps E                     (pi) 0 is the Landau limit\n"
                            "  --amplitude C               (0) 0 normalises by (2.2)\n"
                            "  --potential P11 P22 P33 P12 P13 P23  (1 0 0 0 0 0)\n"
                            "  --refine K                  (0) orders times 1 + K\n"
                            "  --table                     eps from pi down to 0, one line each\n";

static int take(int argc, char **argv, int *at, int count, double *value)
{
    if (*at + count >= argc) {
        return 1;
    }
    for (int i = 0; i < count; ++i) {
        char *end;
        value[i] = strtod(argv[++*at], &end);
        if (*end != '\0' || end == argv[*at]) {
            return 1;
        }
    }
    return 0;
}

static void print_tensor(const char *name, const double q[9])
{
    for (int i = 0; i < 3; ++i) {
        printf("%-14s %24.16e %24.16e %24.16e\n", i == 0 ? name : "", q[3 * i], q[3 * i + 1], q[3 * i + 2]);
    }
}

static int print_table(bimax_problem problem)
{
    static const double eps[] = {3.14159265358979323846, 2.0, 1.0, 0.5, 0.2, 0.1, 1e-2, 1e-4, 1e-6, 1e-8, 0.0};
    printf("%8s %24s %24s %24s %24s\n", "eps", "D_B", "D_B^R", "A_B", "C_beta");
    for (size_t i = 0; i < sizeof eps / sizeof *eps; ++i) {
        bimax_result r;
        problem.eps = eps[i];
        if (problem.law == BIMAX_COULOMB && problem.eps >= 1.0) {
            continue;
        }
        if (bimax_oracle(&problem, &r) != 0) {
            return 1;
        }
        printf("%8.2e %24.16e %24.16e %24.16e %24.16e\n", eps[i], r.d_b, r.d_b_reduced, r.a_b, r.c_beta);
    }
    return 0;
}

int main(int argc, char **argv)
{
    bimax_problem problem;
    bimax_default(&problem);
    int table = 0, bad = 0, eps_given = 0;
    for (int i = 1; i < argc && !bad; ++i) {
        double x[6];
        if (strcmp(argv[i], "--self-check") == 0) {
            return oracle_self_check(i + 1 < argc && strcmp(argv[i + 1], "fast") == 0);
        } else if (strcmp(argv[i], "--temperature") == 0) {
            bad = take(argc, argv, &i, 3, problem.temperature);
        } else if (strcmp(argv[i], "--rho") == 0) {
            bad = take(argc, argv, &i, 1, &problem.rho);
        } else if (strcmp(argv[i], "--quaternion") == 0) {
            bad = take(argc, argv, &i, 4, x);
            if (!bad) {
                bimax_rotation(x, problem.rotation);
            }
        } else if (strcmp(argv[i], "--gamma") == 0) {
            bad = take(argc, argv, &i, 1, &problem.gamma);
        } else if (strcmp(argv[i], "--power") == 0) {
            problem.law = BIMAX_POWER;
            bad = take(argc, argv, &i, 1, &problem.nu);
        } else if (strcmp(argv[i], "--sphere") == 0) {
            problem.law = BIMAX_SPHERE;
        } else if (strcmp(argv[i], "--coulomb") == 0) {
            problem.law = BIMAX_COULOMB;
        } else if (strcmp(argv[i], "--eps") == 0) {
            bad = take(argc, argv, &i, 1, &problem.eps);
            eps_given = 1;
        } else if (strcmp(argv[i], "--amplitude") == 0) {
            bad = take(argc, argv, &i, 1, &problem.amplitude);
        } else if (strcmp(argv[i], "--potential") == 0) {
            bad = take(argc, argv, &i, 6, x);
            const double p[9] = {x[0], x[3], x[4], x[3], x[1], x[5], x[4], x[5], x[2]};
            if (!bad) {
                memcpy(problem.potential, p, sizeof p);
            }
        } else if (strcmp(argv[i], "--refine") == 0) {
            bad = take(argc, argv, &i, 1, x);
            problem.refine = bad ? 0 : (int)x[0];
        } else if (strcmp(argv[i], "--table") == 0) {
            table = 1;
        } else {
            bad = 1;
        }
    }
    if (bad) {
        fputs(usage, stderr);
        return 2;
    }
    if (problem.law == BIMAX_COULOMB && !eps_given) {
        problem.eps = 0.01;
    }
    bimax_result r;
    const int status = table ? print_table(problem) : bimax_oracle(&problem, &r);
    if (status != 0) {
        fputs(status == 1 ? "oracle: the problem is not admissible\n" : "oracle: out of memory\n", stderr);
        return 1;
    }
    if (!table) {
        printf("%-14s %24.16e\n%-14s %24.16e\n%-14s %24.16e\n", "C_beta", r.c_beta, "C_beta Landau", r.c_landau, "lambda_2", r.lambda_2);
        printf("%-14s %24.16e\n%-14s %24.16e\n%-14s %24.16e\n", "D_B", r.d_b, "D_B^R", r.d_b_reduced, "D_L", r.d_l);
        printf("%-14s %24.16e\n%-14s %24.16e\n", "A_B", r.a_b, "A_L", r.a_l);
        print_tensor("<Q_B, v v>", r.q_b);
        print_tensor("<Q_L, v v>", r.q_l);
        printf("%-14s %24.1e\n%-14s %24ld\n", "defect", r.defect, "evaluations", r.evaluations);
    }
    return 0;
}
