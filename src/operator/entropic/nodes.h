/* The method's walk over its nodes. */
#ifndef GRZI_NODES_H
#define GRZI_NODES_H

#include "operator/operator.h"

/* grzi_operator_visit for an entropic operator that is ready. */
grz_status grzi_nodes_visit(grz_operator *op, const double *f, const grzi_stream *stream, double *sums, double *adjoint);

#endif
