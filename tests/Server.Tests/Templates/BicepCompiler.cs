using System.Diagnostics;
using System.Reflection;
using Xunit;

namespace Pipewright.Server.Tests.Templates;

/// <summary>Microsoft's compiler of Bicep, which comes as a package for tests. It knows the types of Azure's resources, as Azure does.</summary>
internal static class BicepCompiler
{
    /// <summary>The program; null where there is none for this machine.</summary>
    public static string? Program { get; } = typeof(BicepCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == nameof(BicepCompiler))?.Value?.Replace('\\', '/') is { } path && File.Exists(path) ? path : null;

    /// <summary>Compiles all <c>*.bicep</c> below a folder to JSON beside them.</summary>
    /// <returns>What the compiler has to say.</returns>
    public static async Task<string[]> RunAsync(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(Program!, ["build", "--pattern", $"{folder}/**/*.bicep"]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (await output + errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

/// <summary>A theory that is skipped where there is no compiler.</summary>
internal sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = BicepCompiler.Program is null ? "There is no package of Bicep's compiler for this machine." : null;
}

/// <summary>A fact that is skipped where there is no compiler, or no corpus of real factories.</summary>
internal sealed class BicepCorpusFactAttribute : FactAttribute
{
    public BicepCorpusFactAttribute() => Skip = BicepCompiler.Program is null ? "There is no package of Bicep's compiler for this machine." : new Core.Tests.CorpusFactAttribute().Skip;
}
