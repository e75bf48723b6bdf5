/* What the classes of grazing.hpp share: spans, errors, types of callables, handles. */
#ifndef GRAZING_BASE_HPP
#define GRAZING_BASE_HPP

/* What follows would otherwise be a page of errors. */
#if __cplusplus < 201703L
#error "grazing.hpp needs C++17: compile with -std=c++17 or later"
#else

#include <grazing.h>

#include <array>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>
#if __cplusplus >= 202002L
#include <span>
#endif

namespace grazing {

#if __cplusplus >= 202002L
template <class T> using span = std::span<T>;
#else
/* What this header needs of std::span. */
template <class T> class span {
public:
    constexpr span() = default;
    constexpr span(T *data, std::size_t size) : data_(data), size_(size) {}
    template <class C, class = std::enable_if_t<std::is_convertible_v<decltype(std::declval<C &>().data()), T *>>>
    constexpr span(C &&values) : data_(values.data()), size_(values.size())
    {
    }
    template <std::size_t N> constexpr span(T (&values)[N]) : data_(values), size_(N) {}
    constexpr T *data() const { return data_; }
    constexpr std::size_t size() const { return size_; }
    constexpr bool empty() const { return size_ == 0; }
    constexpr T &operator[](std::size_t i) const { return data_[i]; }
    constexpr T *begin() const { return data_; }
    constexpr T *end() const { return data_ + size_; }

private:
    T *data_ = nullptr;
    std::size_t size_ = 0;
};
#endif

using input = span<const double>;
using output = span<double>;
using values = std::vector<double>;
using vector3 = std::array<double, 3>;
using tensor3 = std::array<double, 9>;

class error : public std::runtime_error {
public:
    error(grz_status status, const std::string &message)
        : std::runtime_error(std::string(grz_status_name(status)) + ": " + message), status_(status)
    {
    }
    grz_status status() const noexcept { return status_; }

private:
    grz_status status_;
};

/* Callables: progress and observers return true to stop, or nothing; the others fill their last argument. */
using progress_function = std::function<bool(const char *stage, double fraction)>;
using beta_function = std::function<void(input theta, output beta)>;
using general_beta_function = std::function<void(double relative_speed, input theta, output beta)>;
using density_function = std::function<void(input velocities, output f)>;
using velocity_function = std::function<void(input v, output psi)>;

/* Memory hooks of a context, called from any thread that uses it: allocate gives memory aligned for any C object, or nullptr or an
 * exception for none; release must not throw. */
struct allocator {
    std::function<void *(std::int64_t size)> allocate;
    std::function<void(void *pointer)> release;
};

namespace detail {

/* The exception of a callable, on its way through the library; callbacks come from the calling thread. */
inline std::exception_ptr &pending()
{
    thread_local std::exception_ptr exception;
    return exception;
}

template <class F> int guarded(F &&function) noexcept
{
    try {
        return function() ? 1 : 0;
    } catch (...) {
        pending() = std::current_exception();
        return 1;
    }
}

struct context_state {
    grz_context *handle = nullptr;
    progress_function progress;
    allocator memory;
    std::atomic<std::int64_t> shown{0}; /* how many failures it had at the last one shown */
    context_state() = default;
    context_state(const context_state &) = delete;
    context_state &operator=(const context_state &) = delete;
    ~context_state() { grz_context_destroy(&handle); }
};

using shared_context = std::shared_ptr<context_state>;
using keepers = std::vector<std::shared_ptr<void>>;

inline void check(grz_status status, context_state *context)
{
    if (pending()) std::rethrow_exception(std::exchange(pending(), nullptr));
    if (status == GRZ_OK) return;
    char message[1024] = "";
    std::int64_t failures = context ? grz_context_failure_count(context->handle) : 0;
    /* else the message is of another call */
    if (failures > 0 && context->shown.exchange(failures) != failures && grz_context_last_status(context->handle) == status)
        grz_context_copy_message(context->handle, message, sizeof message);
    throw error(status, *message ? message : grz_status_string(status));
}

inline void expect_size(std::size_t size, std::size_t wanted, const char *name)
{
    if (size != wanted)
        throw std::invalid_argument(std::string("grazing: ") + name + " has " + std::to_string(size) + " values instead of " +
                                    std::to_string(wanted));
}

inline const double *data_or_null(const std::optional<vector3> &v) { return v ? v->data() : nullptr; }

/* A handle, the context that has its messages, and the callables that the C object uses. */
template <class T, void (*destroy)(T **)> class object {
public:
    object(object &&other) noexcept
        : context_(std::move(other.context_)), keep_(std::move(other.keep_)), handle_(std::exchange(other.handle_, nullptr))
    {
    }
    object &operator=(object &&other) noexcept
    {
        std::swap(context_, other.context_);
        std::swap(keep_, other.keep_);
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~object() { destroy(&handle_); }
    T *get() const noexcept { return handle_; }
    const shared_context &context() const noexcept { return context_; }
    const keepers &kept() const noexcept { return keep_; }

protected:
    object(shared_context context, keepers keep = {}) : context_(std::move(context)), keep_(std::move(keep)) {}
    void call(grz_status status) const { check(status, context_.get()); }
    T **out() noexcept { return &handle_; }
    double number(grz_status (*function)(T *, double *)) const
    {
        double value;
        call(function(handle_, &value));
        return value;
    }

    shared_context context_;
    keepers keep_;
    T *handle_ = nullptr;
};

inline keepers both(keepers a, const keepers &b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

} /* namespace detail */

} /* namespace grazing */

#endif /* C++17 */

#endif
