/* A species: what its particles are. */
#include "mixture/mixture.h"

#include <math.h>
#include <string.h>

grz_status grz_species_create(grz_context *context, const char *name, double mass, double charge, grz_species **out)
{
    static const char *const function = "grz_species_create";
    if (!context) return GRZ_ERROR_NULL_ARGUMENT;
    GRZI_TRY(grzi_check_pointer(context, function, "out", out));
    GRZI_TRY(grzi_check_finite(context, function, "mass", mass));
    if (!(mass > 0)) return grzi_fail(context, GRZ_ERROR_INVALID_ARGUMENT, "%s: mass = %g, must be > 0", function, mass);
    GRZI_TRY(grzi_check_finite(context, function, "charge", charge));
    const size_t size = name ? strlen(name) + 1 : 1;
    grz_species *species = grzi_allocate_zeroed(context, 1, sizeof *species);
    char *own = grzi_allocate_zeroed(context, (int64_t)size, 1);
    if (!species || !own) {
        grzi_deallocate(context, species);
        grzi_deallocate(context, own);
        return GRZ_ERROR_OUT_OF_MEMORY;
    }
    if (name) memcpy(own, name, size);
    *species = (grz_species){1, grzi_context_retain(context), mass, charge, own};
    *out = species;
    return GRZ_OK;
}

grz_species *grzi_species_retain(const grz_species *species)
{
    grz_species *own = (grz_species *)species;
    grzi_retain(&own->references);
    return own;
}

void grzi_species_release(grz_species *species)
{
    if (!species || !grzi_release_last(&species->references)) return;
    grz_context *context = species->context;
    grzi_deallocate(context, species->name);
    grzi_deallocate(context, species);
    grzi_context_release(context);
}

void grz_species_destroy(grz_species **species)
{
    if (!species) return;
    grzi_species_release(*species);
    *species = NULL;
}

const char *grz_species_name(const grz_species *species)
{
    return species ? species->name : NULL;
}

double grz_species_mass(const grz_species *species)
{
    return species ? species->mass : NAN;
}

double grz_species_charge(const grz_species *species)
{
    return species ? species->charge : NAN;
}
