/* The header of a .npy file, which is a Python literal that anybody may have written. */
#include "distribution/npy.h"

#include <errno.h>
#include <string.h>

/* The dictionary is a Python literal: {'descr': '<f8', 'fortran_order': False, 'shape': (n, n, n), }, keys in any order. */
typedef struct cursor {
    const char *start, *at, *fault;
} cursor;

static void skip_blanks(cursor *c)
{
    while (*c->at == ' ' || *c->at == '\t' || *c->at == '\n' || *c->at == '\r') c->at++;
}

static int fail_at(cursor *c, const char *fault)
{
    if (!c->fault) c->fault = fault;
    return 0;
}

static int accept(cursor *c, char wanted)
{
    skip_blanks(c);
    if (*c->at != wanted) return 0;
    c->at++;
    return 1;
}

static int accept_word(cursor *c, const char *word)
{
    size_t length = strlen(word);
    skip_blanks(c);
    if (strncmp(c->at, word, length) != 0) return 0;
    c->at += length;
    return 1;
}

static int parse_string(cursor *c, char *text, size_t size)
{
    skip_blanks(c);
    char quote = *c->at;
    if (quote != '\'' && quote != '"') return fail_at(c, "a string was expected");
    size_t length = 0;
    for (c->at++; *c->at && *c->at != quote; c->at++) {
        if (length + 1 >= size || *c->at == '\\') return fail_at(c, "the string is not one of a .npy header");
        text[length++] = *c->at;
    }
    if (*c->at != quote) return fail_at(c, "a string does not end");
    c->at++;
    text[length] = '\0';
    return 1;
}

static int parse_descr(cursor *c, grzi_npy_header *header)
{
    char descr[16];
    if (!parse_string(c, descr, sizeof descr)) return 0;
    if ((descr[0] != '<' && descr[0] != '>') || descr[1] != 'f' || (descr[2] != '8' && descr[2] != '4') || descr[3] != '\0')
        return fail_at(c, "descr is none of '<f8', '>f8', '<f4', '>f4'");
    header->big_endian = descr[0] == '>';
    header->item_size = descr[2] - '0';
    return 1;
}

static int parse_order(cursor *c, grzi_npy_header *header)
{
    if (accept_word(c, "True"))
        header->fortran_order = 1;
    else if (accept_word(c, "False"))
        header->fortran_order = 0;
    else
        return fail_at(c, "fortran_order is neither True nor False");
    return 1;
}

static int parse_size(cursor *c, int64_t *size)
{
    skip_blanks(c);
    if (*c->at == '-') return fail_at(c, "shape has a negative size");
    if (*c->at < '0' || *c->at > '9') return fail_at(c, "shape has a size that is not an integer");
    for (*size = 0; *c->at >= '0' && *c->at <= '9'; c->at++) {
        if (*size > (INT64_MAX - 9) / 10) return fail_at(c, "shape has a size that overflows");
        *size = 10 * *size + (*c->at - '0');
    }
    if (*c->at == 'L') c->at++; /* as Python 2 wrote it */
    return 1;
}

static int parse_shape(cursor *c, grzi_npy_header *header)
{
    if (!accept(c, '(')) return fail_at(c, "shape is not a tuple");
    header->rank = 0;
    while (!accept(c, ')')) {
        if (header->rank == GRZI_NPY_LARGEST_RANK) return fail_at(c, "shape has too many sizes");
        if (!parse_size(c, &header->shape[header->rank++])) return 0;
        if (!accept(c, ',')) {
            if (header->rank == 1) return fail_at(c, "shape is not a tuple");
            if (!accept(c, ')')) return fail_at(c, "',' or ')' was expected in shape");
            break;
        }
    }
    return 1;
}

static int parse_dictionary(cursor *c, grzi_npy_header *header)
{
    static const char *const keys[] = {"descr", "fortran_order", "shape"};
    static int (*const parsers[])(cursor *, grzi_npy_header *) = {parse_descr, parse_order, parse_shape};
    int seen[3] = {0, 0, 0};
    if (!accept(c, '{')) return fail_at(c, "'{' was expected");
    while (!accept(c, '}')) {
        char key[32];
        int which = 0;
        if (!parse_string(c, key, sizeof key)) return 0;
        while (which < 3 && strcmp(key, keys[which]) != 0) which++;
        if (which == 3) return fail_at(c, "a key is none of descr, fortran_order, shape");
        if (seen[which]++) return fail_at(c, "a key occurs twice");
        if (!accept(c, ':')) return fail_at(c, "':' was expected");
        if (!parsers[which](c, header)) return 0;
        if (accept(c, ',')) continue;
        if (!accept(c, '}')) return fail_at(c, "',' or '}' was expected");
        break;
    }
    skip_blanks(c);
    if (*c->at) return fail_at(c, "something follows the dictionary");
    for (int which = 0; which < 3; which++)
        if (!seen[which]) return fail_at(c, "one of the keys descr, fortran_order, shape is missing");
    return 1;
}

const char *grzi_npy_parse(const char *text, grzi_npy_header *header, int64_t *position)
{
    cursor c = {.start = text, .at = text};
    *header = (grzi_npy_header){.item_size = 0};
    parse_dictionary(&c, header);
    *position = c.at - c.start;
    return c.fault;
}

static grz_status read_bytes(const grz_context *context, const char *function, const char *path, FILE *file, void *bytes, size_t count)
{
    errno = 0;
    if (fread(bytes, 1, count, file) == count) return GRZ_OK;
    if (ferror(file)) return grzi_fail(context, GRZ_ERROR_IO, "%s: reading '%.200s' failed (errno %d)", function, path, errno);
    return grzi_fail(context, GRZ_ERROR_FORMAT, "%s: '%.200s' ends within its header", function, path);
}

grz_status grzi_npy_read_header(const grz_context *context, const char *function, const char *path, FILE *file, grzi_npy_header *header)
{
    unsigned char prefix[12];
    GRZI_TRY(read_bytes(context, function, path, file, prefix, 8));
    if (memcmp(prefix, "\x93NUMPY", 6) != 0)
        return grzi_fail(context, GRZ_ERROR_FORMAT, "%s: '%.200s' does not begin with the magic string of .npy files", function, path);
    if (prefix[6] < 1 || prefix[6] > 3 || prefix[7] != 0)
        return grzi_fail(context, GRZ_ERROR_FORMAT, "%s: '%.200s' has format version %d.%d, known are 1.0, 2.0, 3.0", function, path,
                         prefix[6], prefix[7]);
    size_t digits = prefix[6] == 1 ? 2 : 4;
    GRZI_TRY(read_bytes(context, function, path, file, prefix + 8, digits));
    uint32_t length = 0;
    for (size_t d = digits; d-- > 0;) length = length << 8 | prefix[8 + d];
    if (length > GRZI_NPY_LARGEST_HEADER)
        return grzi_fail(context, GRZ_ERROR_FORMAT, "%s: '%.200s' announces a header of %lu bytes, at most %d are read", function, path,
                         (unsigned long)length, GRZI_NPY_LARGEST_HEADER);
    char *text = grzi_allocate_zeroed(context, (int64_t)length + 1, 1);
    if (!text) return GRZ_ERROR_OUT_OF_MEMORY;
    grz_status status = read_bytes(context, function, path, file, text, length);
    if (status == GRZ_OK) {
        int64_t position;
        const char *fault = strlen(text) < length ? "a zero byte" : grzi_npy_parse(text, header, &position);
        if (strlen(text) < length) position = (int64_t)strlen(text);
        if (fault)
            status = grzi_fail(context, GRZ_ERROR_FORMAT, "%s: header of '%.200s': %s (byte %lld of the dictionary)", function, path, fault,
                               (long long)position);
    }
    grzi_deallocate(context, text);
    return status;
}
