#include "support/spectral.h"
