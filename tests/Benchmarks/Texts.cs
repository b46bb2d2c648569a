using System.Text;

namespace Pipewright.Benchmarks;

/// <summary>The texts that are measured on.</summary>
internal static class Texts
{
    /// <summary>The largest pipeline of the sample.</summary>
    public static string Sample { get; } = File.ReadAllText(Path.Combine(FindRoot(), "samples", "medallion", "pipelines", "medallion.pipeline.yaml"));

    /// <summary>A pipeline of 11,000 lines, far beyond what the service takes: what must still feel immediate.</summary>
    public static string Long { get; } = MakeLong(11_000);

    public static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LanguageServer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Run the benchmarks from below the repository's root.");
    }

    private static string MakeLong(int lines)
    {
        var text = new StringBuilder("description: A pipeline of many activities\nparameters:\n  day: string\nactivities:\n");
        for (var i = 0; i * 10 < lines - 4; i++)
        {
            text.Append("  - name: Clean").Append(i).Append("\n    type: DatabricksNotebook\n");
            text.Append("    dependsOn: [").Append(i == 0 ? "" : $"Clean{i - 1}").Append("]\n");
            text.Append("    linkedServiceName: Databricks\n    notebookPath: /Shared/clean\n    policy: { retry: 2, timeout: \"0.01:00:00\" }\n");
            text.Append("    baseParameters:\n      day: \"@pipeline().parameters.day\"\n      number: \"").Append(i).Append("\"\n    description: One of many\n");
        }

        return text.ToString();
    }
}
