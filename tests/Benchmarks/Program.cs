// What the editor feels, measured: `dotnet run -c Release --project tests/Benchmarks`. Read the ratios, not the times: machines differ.
using BenchmarkDotNet.Running;
using Pipewright.Benchmarks;

if (args is ["start", .. var rest])
{
    return await ProcessStart.MeasureAsync(rest);
}

if (args is ["deploy", .. var sizes])
{
    return await LargeDeployment.MeasureAsync(sizes);
}

if (args is ["validate", .. var size])
{
    return await LargeValidation.MeasureAsync(size);
}

BenchmarkSwitcher.FromAssembly(typeof(EditorBenchmarks).Assembly).Run(args);
return 0;
