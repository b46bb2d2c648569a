using Xunit;

namespace Pipewright.Core.Tests.Rules.Databricks;

/// <summary>Libraries, jobs, Python files and JARs.</summary>
public sealed class LibraryRuleTests
{
    [Theory]
    [InlineData("PW6031", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ pypi: { package: a }, [|whl|]: 'dbfs:/a.whl' }]")]
    [InlineData("PW6031", "type: DatabricksSparkJar, mainClassName: a.B, libraries: [{ jar: 'dbfs:/a.jar' }, [|{ }|]]")]
    [InlineData("PW6031", "type: DatabricksSparkPython, pythonFile: 'dbfs:/a.py', libraries: [{ jar: 'dbfs:/a.jar', [|Egg|]: 'dbfs:/a.egg', cran: { package: a } }]")]
    [InlineData("PW6032", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ maven: { coordinates: [|'org.jsoup:jsoup'|] } }]")]
    [InlineData("PW6032", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ maven: { coordinates: [|jsoup|] } }]")]
    [InlineData("PW6032", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ maven: { coordinates: [|'org.jsoup:jsoup:1.18.1 '|] } }]")]
    [InlineData("PW6032", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ maven: { coordinates: [|'org.jsoup::1.18.1'|] } }]")]
    [InlineData("PW6033", "type: DatabricksJob, jobId: [|nightly|]")]
    [InlineData("PW6033", "type: DatabricksJob, jobId: [|' 17'|]")]
    [InlineData("PW6033", "type: DatabricksJob, jobId: [|'-1'|]")]
    [InlineData("PW6034", "type: DatabricksSparkPython, pythonFile: 'dbfs:/a.py', parameters: [--day, [|1|], [|true|]]")]
    [InlineData("PW6034", "type: DatabricksSparkJar, mainClassName: a.B, parameters: [[|\"@pipeline().parameters.list\"|], \"@pipeline().parameters.text\"]")]
    [InlineData("PW6034", "type: DatabricksSparkJar, mainClassName: a.B, parameters: [[|\"@length(pipeline().parameters.list)\"|]]")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: [|/dbfs/jobs/a.py|]")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: [|jobs/a.py|]")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: [|'dbfs:\\jobs\\a.py'|]")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: [|'C:\\jobs\\a.py'|]")]
    [InlineData("PW6035", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ whl: [|Volumes/main/a.whl|] }, { jar: [|a.jar|] }, { requirements: [|dbfs/a.txt|] }]")]
    public void It_is_found_and_mended(string code, string activity) => RuleCases.Finds(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW6031", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ pypi: { package: a } }, { jar: 'dbfs:/a.jar' }]")]
    [InlineData("PW6031", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ pip: a }]")]
    [InlineData("PW6031", "type: DatabricksNotebook, notebookPath: /x, state: Inactive, libraries: [{ }]")]
    [InlineData("PW6032", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ maven: { coordinates: 'org.jsoup:jsoup:1.18.1' } }, { maven: { coordinates: 'a:b:jar:c:1' } }]")]
    [InlineData("PW6032", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ maven: { coordinates: \"@pipeline().parameters.text\" } }, { maven: { coordinates: 'a:b:@{1}' } }]")]
    [InlineData("PW6033", "type: DatabricksJob, jobId: '1097118297343582'")]
    [InlineData("PW6033", "type: DatabricksJob, jobId: \"@pipeline().parameters.text\"")]
    [InlineData("PW6034", "type: DatabricksSparkPython, pythonFile: 'dbfs:/a.py', parameters: [--day, '1', \"@string(1)\", \"@{1}\"]")]
    [InlineData("PW6034", "type: DatabricksSparkPython, pythonFile: 'dbfs:/a.py', parameters: \"@pipeline().parameters.list\"")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: 'dbfs:/a.py'")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: /Workspace/Shared/a.py")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: 'abfss://c@a.dfs.core.windows.net/a.py'")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: \"@concat('a', '.py')\"")]
    [InlineData("PW6035", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ jar: '' }, { whl: /Volumes/a/b/c.whl }]")]
    public void It_is_left_alone(string code, string activity) => RuleCases.FindsNothing(code, "p.pipeline.yaml", Pipeline(activity));

    [Theory]
    [InlineData("PW6031", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ pypi: { package: a }, whl: 'dbfs:/a.whl' }]", "[{ pypi: { package: a } }]")]
    [InlineData("PW6032", "type: DatabricksNotebook, notebookPath: /x, libraries: [{ maven: { coordinates: 'a:b:1 ' } }]", "coordinates: 'a:b:1' }")]
    [InlineData("PW6034", "type: DatabricksSparkPython, pythonFile: 'dbfs:/a.py', parameters: [1]", "parameters: [\"1\"]")]
    [InlineData("PW6034", "type: DatabricksSparkPython, pythonFile: 'dbfs:/a.py', parameters: [\"@pipeline().parameters.list\"]", "\"@string(pipeline().parameters.list)\"")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: /dbfs/jobs/a.py", "dbfs:/jobs/a.py")]
    [InlineData("PW6035", "type: DatabricksSparkPython, pythonFile: 'dbfs:\\jobs\\a.py'", "'dbfs:/jobs/a.py'")]
    public void A_fix_writes_what_was_meant(string code, string activity, string mended) =>
        Assert.Contains(mended, RuleCases.Fix(code, "p.pipeline.yaml", Pipeline(activity)), StringComparison.Ordinal);

    private static string Pipeline(string activity) =>
        $"parameters: {{ text: string, list: array }}\nactivities:\n  - {{ name: A, linkedServiceName: W, {activity} }}\n";
}
