# The energy-dissipation ledger (1.3) of a curve.

function Ledger(op::Operator)
    out = Ref{Ptr{grz_ledger}}(C_NULL)
    checked(grz_ledger_create(op.context, op, out), op)
    Ledger(out[], op.context, op.callbacks, op.n)
end

"The snapshot f; rate is its time derivative, by differences of snapshots if not given."
record!(ledger::Ledger, time, f; rate = nothing) =
    checked(grz_ledger_record(ledger, time, field(f, ledger, "f"), rate === nothing ? C_NULL : field(rate, ledger, "rate")), ledger)

"Runs a flow with the ledger as its observer."
function run!(ledger::Ledger, flow::Flow, finish, dt = 0)
    hook = cglobal((:grz_ledger_observe, libgrazing))
    GC.@preserve ledger checked(grz_flow_run(flow, finish, dt, hook, convert(Ptr{Cvoid}, opened(ledger))), flow, callbacks_of(ledger))
end

end!(ledger::Ledger) = checked(grz_ledger_end(ledger), ledger)
Base.length(ledger::Ledger) = Int(grz_ledger_count(ledger))

"One of GRZ_LEDGER_ENTRY_TIME, ... at every snapshot of a ended ledger."
function column(ledger::Ledger, which)
    values = zeros(length(ledger))
    checked(grz_ledger_column(ledger, which, values), ledger)
    values
end

"The verdict, GRZ_LEDGER_VERDICT_GRADIENT_FLOW or what fails, and the index of the first snapshot that does (nothing: none)."
function judge(ledger::Ledger, tolerance)
    verdict, place = Ref{Cint}(0), Ref{Int64}(-1)
    checked(grz_ledger_judge(ledger, tolerance, verdict, place), ledger)
    (verdict = verdict[], snapshot = place[] < 0 ? nothing : Int(place[]) + 1)
end
