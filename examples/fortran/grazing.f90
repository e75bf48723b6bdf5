! libgrazing for Fortran. grazing_c has every function of grazing.h under its C name; this module adds what is more natural here than in C:
! strings, messages, fields as arrays (n, n, n) whose shape is checked, densities given by functions of one velocity.
!
! Index order: element (k, j, i) of a field belongs to the velocity (x_i, y_j, z_k), z fastest in memory as in C.
module grazing
    use grazing_c
    implicit none
    public

    abstract interface
        ! A density at one velocity.
        function grazing_density(v) result(f)
            import :: c_double
            real(c_double), intent(in) :: v(3)
            real(c_double) :: f
        end function
    end interface

    ! Q(f, f) of one field (n, n, n), or of one for each cell (n, n, n, cells), which the spectral method spreads over its threads.
    ! GRZ_ERROR_MISMATCH for arrays of another shape, else as grz_operator_apply and grz_operator_apply_batch.
    interface grazing_apply
        module procedure apply_field, apply_cells
    end interface

    private :: apply_field, apply_cells, strlen

    interface
        pure function strlen(string) bind(C, name="strlen") result(length)
            import :: c_ptr, c_size_t
            type(c_ptr), value :: string
            integer(c_size_t) :: length
        end function
    end interface

contains

    ! The text of a C string, as grz_version gives; empty for NULL.
    function grazing_text(string) result(text)
        type(c_ptr), intent(in) :: string
        character(len=:), allocatable :: text
        character(kind=c_char), pointer :: characters(:)
        integer :: i
        text = ""
        if (.not. c_associated(string)) return
        call c_f_pointer(string, characters, [strlen(string)])
        text = repeat(" ", size(characters))
        do i = 1, size(characters)
            text(i:i) = characters(i)
        end do
    end function

    ! A file's name or a constant's for a C function: without trailing blanks, with the final zero.
    function grazing_string(text) result(string)
        character(len=*), intent(in) :: text
        character(kind=c_char, len=:), allocatable :: string
        string = trim(text)//c_null_char
    end function

    ! What the last failing call of this context, or of a handle made from it, had to say.
    function grazing_message(context) result(text)
        type(grz_context), intent(in) :: context
        character(len=:), allocatable :: text
        text = grazing_text(grz_context_last_message(context))
    end function

    ! Ends the program with the status's name and the context's message unless status is GRZ_OK.
    subroutine grazing_require(context, status)
        type(grz_context), intent(in) :: context
        integer(c_int), intent(in) :: status
        if (status /= GRZ_OK) error stop grazing_text(grz_status_name(status))//": "//grazing_message(context)
    end subroutine

    ! The values of a distribution as they lie in it, (n, n, n), valid while it lives and is not changed; null() for no distribution.
    function grazing_view(distribution) result(values)
        type(grz_distribution), intent(in) :: distribution
        real(c_double), pointer :: values(:, :, :)
        integer(c_int32_t) :: n
        nullify (values)
        if (.not. c_associated(distribution%address)) return
        n = grz_grid_nodes_per_axis(grz_distribution_grid(distribution))
        call c_f_pointer(grz_distribution_view(distribution), values, [n, n, n])
    end function

    ! The velocity of node (k, j, i) is [axes(i, 1), axes(j, 2), axes(k, 3)].
    function grazing_axes(grid) result(axes)
        type(grz_grid), intent(in) :: grid
        real(c_double), allocatable :: axes(:, :)
        integer(c_int32_t) :: axis
        integer(c_int) :: status
        allocate (axes(grz_grid_nodes_per_axis(grid), 3))
        do axis = 0, 2
            status = grz_grid_axis_nodes(grid, axis, axes(:, axis + 1))
        end do
    end function

    ! A density at all nodes, (n, n, n).
    function grazing_sample(grid, density) result(f)
        type(grz_grid), intent(in) :: grid
        procedure(grazing_density) :: density
        real(c_double), allocatable :: f(:, :, :)
        real(c_double), allocatable :: axes(:, :)
        integer :: i, j, k, n
        allocate (axes, source=grazing_axes(grid))
        n = size(axes, 1)
        allocate (f(n, n, n))
        do i = 1, n
            do j = 1, n
                do k = 1, n
                    f(k, j, i) = density([axes(i, 1), axes(j, 2), axes(k, 3)])
                end do
            end do
        end do
    end function

    function apply_field(op, f, Q) result(status)
        type(grz_operator), intent(in) :: op
        real(c_double), intent(in), contiguous :: f(:, :, :)
        real(c_double), intent(inout), contiguous :: Q(:, :, :)
        integer(c_int) :: status
        integer :: n
        n = grz_grid_nodes_per_axis(grz_operator_grid(op))
        status = GRZ_ERROR_MISMATCH
        if (any(shape(f) /= n) .or. any(shape(Q) /= n)) return
        status = grz_operator_apply(op, f, Q)
    end function

    function apply_cells(op, f, Q) result(status)
        type(grz_operator), intent(in) :: op
        real(c_double), intent(in), contiguous :: f(:, :, :, :)
        real(c_double), intent(inout), contiguous :: Q(:, :, :, :)
        integer(c_int) :: status
        integer :: n
        n = grz_grid_nodes_per_axis(grz_operator_grid(op))
        status = GRZ_ERROR_MISMATCH
        if (any(shape(f) /= [n, n, n, size(f, 4)]) .or. any(shape(Q) /= shape(f))) return
        status = grz_operator_apply_batch(op, int(size(f, 4), c_int64_t), f, Q)
    end function
end module grazing
