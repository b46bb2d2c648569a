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

// In this process, as a program of its own would be built under the rules of this repository; and results where `npm run compare -- report` reads them.
string[][] always = [["--inProcess"], ["--exporters", "fulljson"], ["--artifacts", Path.Combine(Texts.FindRoot(), "artifacts", "benchmarks")]];
BenchmarkSwitcher.FromAssembly(typeof(EditorBenchmarks).Assembly).Run([.. args, .. always.Where(a => !args.Contains(a[0])).SelectMany(a => a)]);
return 0;
