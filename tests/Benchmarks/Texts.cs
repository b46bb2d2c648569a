using System.Text;
using YamlDotNet.Core;

namespace Pipewright.Benchmarks;

/// <summary>The texts that are measured on.</summary>
internal static class Texts
{
    /// <summary>The largest pipeline of the sample.</summary>
    public static string Sample { get; } = File.ReadAllText(Path.Combine(FindRoot(), "samples", "medallion", "pipelines", "medallion.pipeline.yaml"));

    /// <summary>A pipeline of 11,000 lines, far beyond what the service takes: what must still feel immediate.</summary>
    public static string Long { get; } = MakeLong(11_000);

    /// <summary>The most activities that the service takes in a pipeline.</summary>
    public const int MostActivities = 120;

    /// <summary>A pipeline of as many activities as the service takes, with four expressions each.</summary>
    public static string Expressions { get; } = MakeExpressions();

    public static string LongExpression { get; } = "@concat(" + string.Concat(Enumerable.Repeat("'text', item().name, ", 50_000));

    public static string DeepExpression { get; } = "@" + new string('(', 10_000);

    /// <summary>The yardstick: a pass of the YAML library over a text, which makes nothing of it. How many events there are.</summary>
    public static int ScanByTheLibrary(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(text)));
        var events = 0;
        while (parser.MoveNext())
        {
            events++;
        }

        return events;
    }

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

    private static string MakeExpressions()
    {
        var text = new StringBuilder("parameters: { day: string, rows: int }\nactivities:\n");
        for (var i = 0; i < MostActivities; i++)
        {
            var before = i == 0 ? "" : $"Step{i - 1}";
            text.Append("  - name: Step").Append(i).Append("\n    type: Lookup\n    dependsOn: [").Append(before).Append("]\n    dataset:\n      referenceName: tables\n      parameters:\n");
            text.Append("        folder: \"@concat('landing/', formatDateTime(pipeline().parameters.day, 'yyyy/MM/dd'), '/', toLower(pipeline().RunId))\"\n");
            text.Append("        count: \"@add(pipeline().parameters.rows, ").Append(i).Append(")\"\n");
            text.Append("        before: \"@{").Append(i == 0 ? "pipeline().RunId" : $"activity('{before}').output?.firstRow?.path").Append("}/@{utcNow('HHmmss')}\"\n");
            text.Append("    source:\n      type: AzureSqlSource\n      sqlReaderQuery: \"@{if(greater(pipeline().parameters.rows, 10), 'select 1', concat('select ', string(2)))}\"\n");
        }

        return text.ToString();
    }
}
