/* The time schemes: a new one is a record here. */
#include "flow/flow.h"

#define RUNGE_KUTTA(id, name, tableau, order)                                                                 \
    {                                                                                                         \
        id, name, tableau, order, 0, grzi_runge_kutta_storage, grzi_runge_kutta_step, grzi_runge_kutta_accept \
    }
#define PROXIMAL(id, name, order)                                                 \
    {                                                                             \
        id, name, NULL, order, 1, grzi_proximal_storage, grzi_proximal_step, NULL \
    }

static const grzi_scheme schemes[] = {
    RUNGE_KUTTA(GRZ_TIME_SCHEME_SSP_RK2, "SSP Runge-Kutta of order 2", &grzi_tableau_ssp2, 2),
    RUNGE_KUTTA(GRZ_TIME_SCHEME_SSP_RK3, "SSP Runge-Kutta of order 3", &grzi_tableau_ssp3, 3),
    RUNGE_KUTTA(GRZ_TIME_SCHEME_SSP_RK4, "SSP Runge-Kutta of order 4", &grzi_tableau_ssp4, 4),
    RUNGE_KUTTA(GRZ_TIME_SCHEME_BOGACKI_SHAMPINE, "Bogacki-Shampine 3(2)", &grzi_tableau_bogacki_shampine, 3),
    RUNGE_KUTTA(GRZ_TIME_SCHEME_DORMAND_PRINCE, "Dormand-Prince 5(4)", &grzi_tableau_dormand_prince, 5),
    PROXIMAL(GRZ_TIME_SCHEME_PROXIMAL, "proximal", 1),
    PROXIMAL(GRZ_TIME_SCHEME_PROXIMAL_2, "proximal of order 2", 2),
    {GRZ_TIME_SCHEME_MINIMISING_MOVEMENT, "minimising movement", NULL, 1, 1, grzi_minimising_storage, grzi_minimising_step, NULL},
};

const grzi_scheme *grzi_scheme_find(grz_time_scheme id)
{
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (schemes[i].id == id) return &schemes[i];
    return NULL;
}
