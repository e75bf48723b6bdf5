#include "support/spectral_fields.h"
