! The Fortran modules against closed forms: index order, callbacks, left-out arguments, error paths, both ways to apply.
module densities
    use grazing
    implicit none
    integer, parameter :: dp = c_double
    real(dp), parameter :: pi = acos(-1.0_dp)
    real(dp), parameter :: temperature(3) = [0.8_dp, 0.5_dp, 0.55_dp], mean(3) = [0.3_dp, -0.2_dp, 0.1_dp]

contains

    ! A displaced bi-Maxwellian: every axis its own temperature, so that indices cannot be mistaken.
    function bimaxwellian(v) result(f)
        real(dp), intent(in) :: v(3)
        real(dp) :: f
        f = product(exp(-(v - mean)**2/(2*temperature))/sqrt(2*pi*temperature))
    end function

    function density(count, velocity, f, user) bind(C) result(stop)
        integer(c_int64_t), value :: count
        real(dp), intent(in) :: velocity(3, *)
        real(dp), intent(inout) :: f(*)
        type(c_ptr), value :: user
        integer(c_int) :: stop
        integer(c_int64_t) :: i
        do i = 1, count
            f(i) = bimaxwellian(velocity(:, i))
        end do
        stop = merge(1, 0, c_associated(user))
    end function

    function beta(count, theta, values, user) bind(C) result(stop)
        integer(c_int64_t), value :: count
        real(dp), intent(in) :: theta(*)
        real(dp), intent(inout) :: values(*)
        type(c_ptr), value :: user
        integer(c_int) :: stop
        values(:count) = theta(:count)**(-1.5_dp)
        stop = merge(1, 0, c_associated(user))
    end function
end module densities

program test_grazing
    use densities
    implicit none
    integer, parameter :: n = 24
    integer :: checks = 0, failures = 0
    integer, target :: something
    type(grz_context) :: context
    type(grz_grid) :: grid
    type(grz_kernel) :: kernel, own
    type(grz_distribution) :: f, none
    type(grz_operator) :: entropic, spectral
    real(dp), pointer :: view(:, :, :)
    real(dp), allocatable :: axes(:, :), sample(:, :, :), Q(:, :, :), cells(:, :, :, :), cell_Q(:, :, :, :), stress(:, :, :)
    real(dp) :: transfer, value, exact, lambda(3)
    integer :: i, j, k

    call expect("a context", grz_context_create(context) == GRZ_OK)
    call expect("a left-out centre is NULL", grz_grid_create(context, n, 7.5_dp, out=grid) == GRZ_OK)
    call expect("version", grazing_text(grz_version()) /= "" .and. grz_abi_version() >= 1)

    call expect("a bad n is refused", grz_grid_create(context, 4, 7.5_dp, out=grid) == GRZ_ERROR_INVALID_ARGUMENT)
    call expect("the message says so: "//grazing_message(context), index(grazing_message(context), "4") > 0)

    ! Index order.
    allocate (axes, source=grazing_axes(grid))
    call expect("a density by a callback", &
        grz_distribution_create_callback(context, grid, c_funloc(density), c_null_ptr, f) == GRZ_OK)
    view => grazing_view(f)
    allocate (sample, source=grazing_sample(grid, bimaxwellian))
    value = 0
    do i = 1, n
        do j = 1, n
            do k = 1, n
                exact = bimaxwellian([axes(i, 1), axes(j, 2), axes(k, 3)])
                if (.not. abs(view(k, j, i) - exact) <= 1e-15_dp*exact) value = value + 1
            end do
        end do
    end do
    call expect("view(k, j, i) is f(x_i, y_j, z_k)", value == 0)
    call expect("sample likewise", all(sample == view))
    call expect("nodes", abs(axes(1, 3) + 7.5_dp - 7.5_dp/n) <= 1e-14_dp)
    call expect("no distribution has no view", .not. associated(grazing_view(none)))
    call expect("a callback that stops", &
        grz_distribution_create_callback(context, grid, c_funloc(density), c_loc(something), none) == GRZ_ERROR_CALLBACK)

    ! beta = theta^{-3/2}: int theta^2 beta = (pi/2)^{3/2}/(3/2).
    call expect("a kernel by a callback", grz_kernel_create_callback(context, 0.0_dp, 0.5_dp, c_funloc(beta), c_null_ptr, own) &
        == GRZ_OK)
    call expect("its transfer", grz_kernel_angular_momentum_transfer(own, 1.0_dp, transfer) == GRZ_OK .and. &
        abs(transfer - (pi/2)**1.5_dp/1.5_dp) <= 1e-12_dp)

    ! Cutoff Maxwell molecules: lambda_2 = -16/(pi - 2), and the traceless stress relaxes at the rate -lambda_2/2 (density 1).
    call expect("Maxwell molecules", grz_kernel_create_vhs(context, 0.0_dp, 0.0_dp, kernel) == GRZ_OK)
    call expect("spectrum", grz_kernel_spectrum(kernel, 1.0_dp, 2, lambda) == GRZ_OK .and. &
        abs(lambda(3) + 16/(pi - 2)) <= 1e-11_dp)
    exact = -8/(pi - 2)*(temperature(1) - sum(temperature)/3)
    allocate (Q(n, n, n), stress(n, n, n), cells(n, n, n, 2), cell_Q(n, n, n, 2))
    do i = 1, n
        stress(:, :, i) = axes(i, 1)**2
    end do
    call expect("a spectral operator", &
        grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, spectral) == GRZ_OK)
    call expect("an option", grz_operator_set_option(spectral, GRZ_OPERATOR_OPTION_RADIUS, 3.5_dp) == GRZ_OK)
    call expect("a scheme", grz_operator_set_option(spectral, GRZ_OPERATOR_OPTION_SCHEME, &
        real(GRZ_SPECTRAL_SCHEME_SPHERE_RULE, dp)) == GRZ_OK)
    call expect("an entropic one", &
        grz_operator_create(context, grid, kernel, GRZ_EQUATION_LANDAU, GRZ_METHOD_ENTROPIC, entropic) == GRZ_OK)
    call expect("Q(f, f)", grazing_apply(spectral, view, Q) == GRZ_OK)
    value = sum(Q*stress)*grz_grid_spacing(grid)**3
    call expect("its stress relaxes as it should", abs(value - exact) <= 1e-3_dp*abs(exact))
    ! Landau with C_beta = 1: lambda_2 = -24.
    exact = -12*(temperature(1) - sum(temperature)/3)
    call expect("weak form", grz_operator_weak_form(entropic, view, stress, value) == GRZ_OK)
    call expect("Landau's likewise", abs(value - exact) <= 1e-5_dp*abs(exact))

    cells(:, :, :, 1) = 2*view
    cells(:, :, :, 2) = view
    call expect("cells at once", grazing_apply(spectral, cells, cell_Q) == GRZ_OK)
    call expect("the same numbers", all(cell_Q(:, :, :, 2) == Q))
    call expect("quadratic", all(abs(cell_Q(:, :, :, 1) - 4*Q) <= 1e-12_dp*maxval(abs(Q))))
    call expect("a field of another shape", grazing_apply(spectral, view(:, :, 2:), Q) == GRZ_ERROR_MISMATCH)
    call expect("cells of another shape", grazing_apply(spectral, cells, cell_Q(:, :, :, 2:)) == GRZ_ERROR_MISMATCH)
    call expect("what is left out but needed", grz_operator_apply(spectral, view) == GRZ_ERROR_NULL_ARGUMENT)
    call expect("a file that cannot be", grz_distribution_save_npy(f, grazing_string("/nowhere/f.npy  ")) == GRZ_ERROR_IO)
    call expect("its name is in the message", index(grazing_message(context), "/nowhere/f.npy") > 0)

    call grz_operator_destroy(spectral)
    call grz_operator_destroy(entropic)
    call grz_distribution_destroy(f)
    call grz_kernel_destroy(kernel)
    call grz_kernel_destroy(own)
    call grz_grid_destroy(grid)
    call expect("destroyed handles are NULL", .not. c_associated(grid%address))
    call grz_grid_destroy(grid)
    call grz_context_destroy(context)
    print "(a, i0, a, i0)", "fortran: ", checks - failures, " checks passed of ", checks
    if (failures > 0) error stop 1

contains

    subroutine expect(what, holds)
        character(len=*), intent(in) :: what
        logical, intent(in) :: holds
        checks = checks + 1
        if (holds) return
        failures = failures + 1
        print "(a)", "FAIL "//what
    end subroutine
end program test_grazing
