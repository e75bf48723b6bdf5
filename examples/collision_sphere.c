/* The picture behind the library: a colliding pair v, v* lives on a sphere of centre y = (v + v*)/2 and radius |v - v*|/2, a collision
 * moves the direction w of v - v* to sigma, and on that sphere Boltzmann's operator jumps while Landau's diffuses.
 *
 * Writes collision-sphere.csv, h(w) = f(y + r w) f(y - r w) on such a sphere for two displaced Gaussians f, collision-pair.csv, one pair
 * before and after a collision, and collision-spectrum.csv, the eigenvalues -lambda_l of the collision operator on spherical harmonics for
 * several eps beside Landau's 4 l(l+1). examples/collision_sphere.gp plots them.
 *
 * Build: cc collision_sphere.c $(pkg-config --cflags --libs grazing) -lm */
#include <grazing.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double pi = 3.14159265358979323846, centre[3] = {0.3, 0.2, 0}, radius = 1.5;
static grz_context *context;

static void check(grz_status status)
{
    if (status == GRZ_OK) return;
    fprintf(stderr, "%s: %s\n", grz_status_name(status), grz_context_last_message(context));
    exit(1);
}

static FILE *open_table(const char *name)
{
    FILE *file = fopen(name, "w");
    if (!file) {
        perror(name);
        exit(1);
    }
    return file;
}

/* Temperature 1/2 each, 1.2 from the mean along x. */
static double density(const double *v)
{
    double f = 0, perpendicular = v[1] * v[1] + v[2] * v[2];
    for (int side = -1; side <= 1; side += 2) f += 0.5 * pow(pi, -1.5) * exp(-(v[0] - side * 1.2) * (v[0] - side * 1.2) - perpendicular);
    return f;
}

static void direction(double polar, double azimuth, double *w)
{
    w[0] = sin(polar) * cos(azimuth);
    w[1] = sin(polar) * sin(azimuth);
    w[2] = cos(polar);
}

/* Rings of constant polar angle, an empty line between them, as gnuplot's splot wants them. */
static void sphere(void)
{
    FILE *file = open_table("collision-sphere.csv");
    fprintf(file, "x,y,z,h\n");
    for (int i = 0; i <= 90; i++) {
        for (int j = 0; j <= 180; j++) {
            double w[3], v[3], v_star[3];
            direction(pi * i / 90, 2 * pi * j / 180, w);
            for (int a = 0; a < 3; a++) {
                v[a] = centre[a] + radius * w[a];
                v_star[a] = centre[a] - radius * w[a];
            }
            fprintf(file, "%.5f,%.5f,%.5f,%.5e\n", w[0], w[1], w[2], density(v) * density(v_star));
        }
        fprintf(file, "\n");
    }
    fclose(file);
}

/* Directions of v, v*, v', v*' of one collision by theta = 50 degrees, and the arc from w to sigma. */
static void pair(void)
{
    FILE *file = open_table("collision-pair.csv");
    double w[3], v[3], v_star[3], sigma[3], post[3], post_star[3], theta = pi * 50 / 180, phi = 3.4;
    direction(1.05, 0.75, w);
    for (int a = 0; a < 3; a++) {
        v[a] = centre[a] + radius * w[a];
        v_star[a] = centre[a] - radius * w[a];
    }
    check(grz_post_collision_angles(context, 1, v, v_star, &theta, &phi, post, post_star, sigma));
    fprintf(file, "name,x,y,z\n");
    const char *const names[] = {"v", "v*", "v'", "v*'"};
    const double *points[] = {v, v_star, post, post_star};
    for (int i = 0; i < 4; i++) {
        fprintf(file, "%s", names[i]);
        for (int a = 0; a < 3; a++) fprintf(file, ",%.5f", (points[i][a] - centre[a]) / radius);
        fprintf(file, "\n");
    }
    for (int i = 0; i <= 20; i++) {
        double part = theta * i / 20;
        fprintf(file, "arc");
        for (int a = 0; a < 3; a++) fprintf(file, ",%.5f", 1.005 * (sin(theta - part) * w[a] + sin(part) * sigma[a]) / sin(theta));
        fprintf(file, "\n");
    }
    fclose(file);
}

static void spectrum(void)
{
    enum { LMAX = 40, COUNT = 4 };
    static const double eps[COUNT] = {3.14159265358979323846, 1, 0.3, 0.1};
    FILE *file = open_table("collision-spectrum.csv");
    double lambda[COUNT + 1][LMAX + 1];
    grz_kernel *law = NULL;
    check(grz_kernel_create_power_law(context, -3, 0.5, 0, &law));
    for (int j = 0; j <= COUNT; j++) {
        grz_kernel *kernel = NULL;
        check(grz_kernel_create_scaled(context, law, j < COUNT ? eps[j] : 0, &kernel));
        check(grz_kernel_spectrum(kernel, 1, LMAX, lambda[j]));
        grz_kernel_destroy(&kernel);
    }
    fprintf(file, "l,eps = pi,1,0.3,0.1,Landau\n");
    for (int l = 1; l <= LMAX; l++) {
        fprintf(file, "%d", l);
        for (int j = 0; j <= COUNT; j++) fprintf(file, ",%.8g", -lambda[j][l]);
        fprintf(file, "\n");
    }
    fclose(file);
    grz_kernel_destroy(&law);
}

int main(void)
{
    check(grz_context_create(&context));
    sphere();
    pair();
    spectrum();
    grz_context_destroy(&context);
    printf("collision-sphere.csv, collision-pair.csv, collision-spectrum.csv\n");
    return 0;
}
