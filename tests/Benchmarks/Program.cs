// What the editor feels, measured: `dotnet run -c Release --project tests/Benchmarks`. Read the ratios, not the times: machines differ.
using BenchmarkDotNet.Running;
using Pipewright.Benchmarks;

if (args is ["start", .. var rest])
{
    return await ProcessStart.MeasureAsync(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(EditorBenchmarks).Assembly).Run(args);
return 0;
