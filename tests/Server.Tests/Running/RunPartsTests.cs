using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Pipewright.Deployment;
using Pipewright.Deployment.Running;
using Xunit;

namespace Pipewright.Server.Tests.Running;

/// <summary>What of a run needs no service: parameters, places, scratch names.</summary>
public sealed class RunPartsTests
{
    private const string Declared = """{"name":"p","properties":{"parameters":{"day":{"type":"string"},"count":{"type":"int","defaultValue":1},"share":{"type":"Float","defaultValue":0.5},"dry":{"type":"bool","defaultValue":false},"tables":{"type":"array","defaultValue":[]},"options":{"type":"object","defaultValue":{}},"key":{"type":"secureString","defaultValue":"x"}}}}""";

    [Theory]
    [InlineData("""{"day":"x"}""", null)]
    [InlineData("""{"DAY":"x","count":"7","share":1,"dry":"True","tables":[1],"options":[2],"key":null}""", null)]
    [InlineData("""{"day":5}""", null)]
    [InlineData("{}", "'day' (string) has no value")]
    [InlineData("""{"day":"x","dayy":"x"}""", "no parameter 'dayy'. It takes day, count")]
    [InlineData("""{"day":"x","count":1.5}""", "'count' takes a whole number, and 1.5 is not one")]
    [InlineData("""{"day":"x","count":"many"}""", "'count' takes a whole number, and \"many\" is not one")]
    [InlineData("""{"day":"x","share":true}""", "'share' takes a number")]
    [InlineData("""{"day":"x","dry":1}""", "'dry' takes true or false")]
    [InlineData("""{"day":"x","tables":"a,b"}""", "'tables' takes a list")]
    [InlineData("""{"day":"x","options":"a"}""", "'options' takes an object")]
    [InlineData("""{"day":["x"]}""", "'day' takes a text")]
    [InlineData("""{"day":"x","key":["hush"]}""", "'key' takes a text, and what is given is not one")]
    public void Values_are_checked_before_anything_is_sent(string given, string? problem)
    {
        var problems = RunParameters.Of("p", Declared).Check((JsonObject)JsonNode.Parse(given)!);
        Assert.Equal(problem is null ? 0 : 1, problems.Length);
        Assert.All(problems, p => Assert.Contains(problem!, p, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, p => p.Contains("hush", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("day", "007", "\"007\"")]
    [InlineData("count", "7", "7")]
    [InlineData("dry", "true", "true")]
    [InlineData("tables", """["a"]""", """["a"]""")]
    [InlineData("tables", "a", "\"a\"")]
    [InlineData("unknown", "1", "\"1\"")]
    public void A_text_becomes_what_the_parameter_takes(string name, string text, string value) =>
        Assert.Equal(value, RunParameters.Of("p", Declared).Read(name, text)!.ToJsonString());

    [Theory]
    [InlineData("Fetch", "Host not found", null)]
    [InlineData("Fetch", "Unable to process template language expressions in action 'Fetch' inputs at line '1' and column '2': 'The variable 'path' …'", "@concat")]
    [InlineData("Fetch", "The value of 'method' in activity 'Fetch' must be a method.", "method")]
    [InlineData("Set path", "The variable 'path' of type 'String' cannot be initialized", "variableName")]
    public void An_error_is_where_it_is_written_in_both_forms(string activity, string message, string? written)
    {
        foreach (var inGitForm in (bool[])[false, true])
        {
            var (path, text) = RunFiles.FileOf("Child", RunFiles.Child, inGitForm);
            var factory = FactorySnapshot.Empty.With(ResourceDocument.Create(path, new SourceText(text))!);
            var place = new RunPlaces(factory).Find("child", activity, new ActivityRunError("1", message, "UserError", activity, default))!;
            Assert.Equal(activity, Unquote(text.Substring(place.Activity.Start, place.Activity.Length)));
            Assert.Equal(written is null, place.Fault is null);
            if (written is not null)
            {
                var line = place.Document.Text.GetLineSpan(place.Line - 1);
                Assert.Contains(written, text.Substring(line.Start, line.Length), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_no_file_has_has_no_place()
    {
        var (path, text) = RunFiles.FileOf("Child", RunFiles.Child, false);
        var places = new RunPlaces(FactorySnapshot.Empty.With(ResourceDocument.Create(path, new SourceText(text))!), new Dictionary<string, string> { ["Child_scratch_me"] = "Child" });
        Assert.Null(places.Find("Other", "Fetch", null));
        Assert.Null(places.Find("Child", "Gone", null));
        Assert.NotNull(places.Find("Child_scratch_me", "Fetch", null));
    }

    [Fact]
    public void A_scratch_name_is_a_name_that_the_service_takes()
    {
        Assert.Equal("load_scratch_ada_l", ScratchPlan.NameOf("load", "ada.l"));
        Assert.Equal(140, ScratchPlan.NameOf(new string('x', 140), "ada").Length);
        Assert.EndsWith("_scratch_ada", ScratchPlan.NameOf(new string('x', 140), "ada"), StringComparison.Ordinal);
        Assert.Equal(140, ScratchPlan.NameOf(new string('x', 140), new string('y', 300)).Length);
    }

    private static string Unquote(string text) => text.StartsWith('"') ? JsonSerializer.Deserialize<string>(text)! : text;
}
