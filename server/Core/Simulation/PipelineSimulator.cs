using Pipewright.Core.Factory;

namespace Pipewright.Core.Simulation;

/// <summary>
/// Walks pipelines as the service does, without a cloud: what needs one is answered by stubs, and time is simulated. The same files and request give the
/// same trace, in either form.
/// </summary>
public static class PipelineSimulator
{
    /// <summary>
    /// Runs a pipeline to its end, together with all runs that it starts. Whatever is wrong with the files is told by the trace as the service tells it: a run
    /// that is refused, or activities that fail.
    /// </summary>
    /// <param name="pipelineName">Matched without regard to case.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SimulationTrace Run(FactorySnapshot factory, string pipelineName, SimulationRequest request, CancellationToken cancellation = default) =>
        new Simulation(factory, request, cancellation).Run(pipelineName);
}
