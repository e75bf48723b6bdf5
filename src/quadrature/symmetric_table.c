/* Antipodal rules on the sphere with a rotation group's symmetry: one node and the weight of each orbit. All weights are positive.
 *
 * Computed for this library: Levenberg-Marquardt from spread random orbits on the equations that all invariant even harmonics up to the
 * degree have mean 0, over the possible numbers of orbits on axes, on mirror planes and in general position in ascending count of nodes;
 * then Newton's method in quadruple precision to residuals below 1e-30. Octahedral rules are those of V. I. Lebedev, Zh. vychisl. Mat.
 * mat. Fiz. 15 (1975) 48, 16 (1976) 293, Sib. Math. J. 18 (1977) 132, V. I. Lebedev & D. N. Laikov, Dokl. Math. 59 (1999) 477, where
 * those have positive weights; for the other groups compare A. D. McLaren, Math. Comp. 17 (1963) 361. */
#include "sphere_tables.h"

static const grzi_orbit degree_1[] = {
    {{0, 0, 1}, 1},
};
static const grzi_orbit degree_3[] = {
    {{1, 0, 0}, 1.0},
};
static const grzi_orbit degree_5[] = {
    {{0, 0.5257311121191336, 0.8506508083520399}, 1.0},
};
static const grzi_orbit degree_7[] = {
    {{0, 0, 1}, 0.09259259259259259},
    {{0, -0.9846712732752083, -0.17442042193097698}, 0.422077312450742},
    {{0, -0.7283010940446129, 0.6852572629410213}, 0.4853300949566654},
};
static const grzi_orbit degree_9[] = {
    {{0, 0.5257311121191336, 0.8506508083520399}, 0.35714285714285715},
    {{0.5773502691896257, 0.5773502691896257, 0.5773502691896257}, 0.6428571428571429},
};
static const grzi_orbit degree_11[] = {
    {{0, -0.48866924030124775, 0.8724691247164001}, 0.26382896349206747},
    {{0, -0.9717344362602652, -0.23607665150527804}, 0.22140267145800127},
    {{-0.552707626598621, 0.3197784788997208, -0.7695817071190687}, 0.5147683650499313},
};
static const grzi_orbit degree_13[] = {
    {{0, -0.9742982817403059, 0.22526175484952535}, 0.1886243009130053},
    {{0, -0.7764933975712456, 0.6301253871478784}, 0.16482051716300675},
    {{-0.1974789137878435, 0.4223333695084624, -0.8846675102030153}, 0.33382163231267353},
    {{0.5707363799745351, 0.37706564219684485, 0.729439158565157}, 0.31273354961131444},
};
static const grzi_orbit degree_17[] = {
    {{0, 0.7721369782601426, -0.6354561250025812}, 0.12116550357630797},
    {{0, -0.3072267197235271, -0.9516363500244835}, 0.10533869618583971},
    {{0, 0.9895099665203393, 0.14446461904880722}, 0.08324651660232814},
    {{0.8151892518711649, -0.21258234899049036, -0.5387719633865666}, 0.23470546227572284},
    {{0.9070369408857202, -0.367654951909671, -0.20521653004807391}, 0.22126363348905576},
    {{-0.40820077233624963, 0.713806642369092, -0.5690801409062282}, 0.23428018787074562},
};
static const grzi_orbit degree_19[] = {
    {{0, 0.5257311121191336, 0.8506508083520399}, 0.08619922692874962},
    {{0.5773502691896257, 0.5773502691896257, 0.5773502691896257}, 0.1690973998951482},
    {{0, 0.0588889200693238, 0.9982645416386724}, 0.2778773569765973},
    {{0, -0.7649241403808896, 0.644120376531093}, 0.46682601619950487},
};

const grzi_symmetric_rule grzi_symmetric_rules[] = {
    {1, 1, GRZI_CYCLIC, 1, 1, degree_1},
    {3, 3, GRZI_OCTAHEDRAL, 0, 1, degree_3},
    {5, 6, GRZI_ICOSAHEDRAL, 0, 1, degree_5},
    {7, 11, GRZI_DIHEDRAL, 5, 3, degree_7},
    {9, 16, GRZI_ICOSAHEDRAL, 0, 2, degree_9},
    {11, 24, GRZI_TETRAHEDRAL, 0, 3, degree_11},
    {13, 36, GRZI_TETRAHEDRAL, 0, 4, degree_13},
    {17, 54, GRZI_TETRAHEDRAL, 0, 6, degree_17},
    {19, 76, GRZI_ICOSAHEDRAL, 0, 4, degree_19},
};
const int grzi_symmetric_rules_count = (int)(sizeof grzi_symmetric_rules / sizeof grzi_symmetric_rules[0]);
