! A gas in a periodic tube of cells: transport in x, collisions in every cell by one call. A sound wave starts in it and its fluctuation
! decays; mass, momentum and energy of the whole stay. Writes cells.csv; `gnuplot cells.gp` beside it draws cells.png.
module gases
    use grazing
    implicit none
    real(c_double), parameter :: pi = acos(-1.0_c_double)
    real(c_double) :: wave

contains

    ! A simple wave's beginning: density and velocity together, temperature 1.
    function gas(v) result(f)
        real(c_double), intent(in) :: v(3)
        real(c_double) :: f
        f = (1 + wave)*exp(-((v(1) - wave)**2 + v(2)**2 + v(3)**2)/2)/(2*pi)**1.5_c_double
    end function
end module gases

program cells
    use gases
    implicit none

    integer, parameter :: n = 16, count = 32, steps = 120
    real(c_double), parameter :: half_width = 5.5_c_double, knudsen = 0.05_c_double, amplitude = 0.2_c_double
    type(grz_context) :: context
    type(grz_grid) :: grid
    type(grz_kernel) :: kernel
    type(grz_operator) :: op
    real(c_double), allocatable :: axes(:, :), f(:, :, :, :), Q(:, :, :, :)
    real(c_double) :: dx, dt, before(3), after(3)
    integer :: cell, step, unit

    call grazing_require(context, grz_context_create(context))
    call grazing_require(context, grz_grid_create(context, n, half_width, out=grid))
    call grazing_require(context, grz_kernel_create_vhs(context, 0.5_c_double, 0.0_c_double, kernel))
    call grazing_require(context, grz_operator_create(context, grid, kernel, GRZ_EQUATION_BOLTZMANN, GRZ_METHOD_SPECTRAL, op))

    allocate (axes, source=grazing_axes(grid))
    allocate (f(n, n, n, count), Q(n, n, n, count))
    do cell = 1, count
        wave = amplitude*sin(2*pi*(cell - 0.5_c_double)/count)
        f(:, :, :, cell) = grazing_sample(grid, gas)
    end do

    dx = 1.0_c_double/count
    dt = 0.4_c_double*dx/half_width
    before = totals()
    open (newunit=unit, file="cells.csv", action="write", status="replace")
    write (unit, "(a)") "time,fluctuation"
    do step = 1, steps
        call transport()
        call grazing_require(context, grazing_apply(op, f, Q))
        f = f + dt/knudsen*Q
        write (unit, "(es14.6, ',', es14.6)") step*dt, fluctuation()
    end do
    close (unit)
    after = totals()
    print "(a, 3es10.1)", "relative change of mass, momentum and energy:", abs(after - before)/[before(1), before(1), before(3)]
    print "(a, f8.5, a, f8.5)", "fluctuation of the density: ", amplitude, " -> ", fluctuation()

    call grz_operator_destroy(op)
    call grz_kernel_destroy(kernel)
    call grz_grid_destroy(grid)
    call grz_context_destroy(context)

contains

    ! Upwind, first order: exact in mass, momentum and energy of the whole.
    subroutine transport()
        real(c_double), allocatable :: old(:, :, :, :)
        real(c_double) :: courant
        integer :: cell, i, from
        allocate (old, source=f)
        do cell = 1, count
            do i = 1, n
                courant = axes(i, 1)*dt/dx
                from = modulo(cell - merge(2, 0, courant > 0), count) + 1
                f(:, :, i, cell) = old(:, :, i, cell) - abs(courant)*(old(:, :, i, cell) - old(:, :, i, from))
            end do
        end do
    end subroutine

    ! Mass, momentum along x and energy of the whole tube.
    function totals() result(sums)
        real(c_double) :: sums(3), weight
        integer :: i, j, k
        sums = 0
        do i = 1, n
            do j = 1, n
                do k = 1, n
                    weight = sum(f(k, j, i, :))
                    sums = sums + weight*[1.0_c_double, axes(i, 1), axes(i, 1)**2 + axes(j, 2)**2 + axes(k, 3)**2]
                end do
            end do
        end do
    end function

    ! The largest deviation of a cell's density from the mean, relative to it.
    function fluctuation() result(largest)
        real(c_double) :: largest, density(count)
        density = sum(sum(sum(f, 1), 1), 1)
        largest = maxval(abs(density/(sum(density)/count) - 1))
    end function
end program cells
