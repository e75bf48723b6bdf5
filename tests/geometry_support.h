#include "support/scene.h"
