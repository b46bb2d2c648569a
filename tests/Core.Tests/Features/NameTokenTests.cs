using Pipewright.Core.Features;
using Pipewright.Core.Features.Hints;
using Pipewright.Core.Features.Lenses;
using Pipewright.Core.Schema;
using Pipewright.Core.Tests.Features.Navigation;
using Pipewright.Core.Tests.Samples;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Features;

/// <summary>Names and types outside of expressions: their tokens, the heads of resources, the places that are typed in at once.</summary>
public sealed class NameTokenTests
{
    private const string Child = "=== child.pipeline.yaml\nname: child\nparameters: { day: string }\n";

    [Theory]
    [InlineData("a.pipeline.yaml", "name: a\nparameters: { p: string }\nvariables: { v: String }\n", "Class:a+Declaration Parameter:p+Declaration,Readonly Variable:v+Declaration")]
    [InlineData("a.pipeline.yaml", "activities:\n  - { name: A, type: Wait }\n  - { name: B, type: ExecutePipeline, pipeline: child, parameters: { day: 1 }, dependsOn: [A] }\n" + Child, "Variable:A+Declaration Type:Wait Variable:B+Declaration Type:ExecutePipeline Class:child Parameter:day+Readonly Variable:A")]
    [InlineData("a.pipeline.yaml", "activities: [{ name: S, type: SetVariable, variableName: v, value: x }]\nvariables: { v: String }\n", "Variable:S+Declaration Type:SetVariable Variable:v Variable:v+Declaration")]
    [InlineData("pipeline/a.json", "{\"name\":\"a\",\"properties\":{\"activities\":[{\"name\":\"A\",\"type\":\"Wait\",\"dependsOn\":[{\"activity\":\"B\"}]},{\"name\":\"B\",\"type\":\"Nothing\"}]}}", "Class:a+Declaration Variable:A+Declaration Type:Wait Variable:B Variable:B+Declaration")]
    [InlineData("l.linkedService.yaml", "type: AzureDataLakeStore\ndataLakeStoreUri: x\n", "Type:AzureDataLakeStore+Deprecated")]
    public void Tokens_are_these(string path, string files, string expected)
    {
        var at = NavigationCase.Open($"=== {path}\n{files}");
        var tokens = LanguageFeatures.GetTokens(at.Factory, at.Factory.Documents[path], null, default);
        Assert.Equal(expected, string.Join(' ', tokens.Select(t => $"{t.Kind}:{at.TextOf(path, t.Span)}{(t.Modifiers == SemanticTokenModifiers.None ? "" : "+" + t.Modifiers.ToString().Replace(" ", "", StringComparison.Ordinal))}")));
    }

    [Theory]
    [InlineData("activities:\n  - { name: [|A||], type: Wait }\n  - { name: B, type: Fail, message: \"@{activity('[|A|]').output}\", errorCode: '1', dependsOn: [[|A|]] }\n")]
    [InlineData("variables: { [||v|]: String }\nactivities:\n  - { name: B, type: SetVariable, variableName: [|v|], value: x }\n")]
    public void What_is_one_name_in_one_file_is_typed_at_once(string text)
    {
        var at = NavigationCase.Open("=== a.pipeline.yaml\n" + text);
        Assert.Equal(at.Marked.Select(m => m.Span), LanguageFeatures.GetLinkedNames(at.Factory, at.Document, at.Offset, default));
    }

    [Theory]
    [InlineData("activities:\n  - { name: A|, type: Wait }\n")]
    [InlineData("activities:\n  - { name: A|, type: Wait }\n  - { name: B, type: Wait, dependsOn: [a] }\n")]
    [InlineData("activities:\n  - { name: A|, type: Wait }\n  - { name: A, type: Wait, dependsOn: [A] }\n")]
    [InlineData("activities:\n  - { name: A|, type: Wait }\n  - { name: B, type: Wait, dependsOn: [A]\n")]
    [InlineData("activities:\n  - { name: A, type: ExecutePipeline, pipeline: chi|ld }\n" + Child)]
    public void Other_names_are_not(string text)
    {
        var at = NavigationCase.Open("=== a.pipeline.yaml\n" + text);
        Assert.Empty(LanguageFeatures.GetLinkedNames(at.Factory, at.Document, at.Offset, default));
    }

    [Fact]
    public void A_head_is_a_name_or_where_the_resource_starts()
    {
        var at = NavigationCase.Open("=== a.pipeline.yaml\n# c\nactivities: [{ name: A, type: ExecutePipeline, pipeline: child }]\n" + Child);
        Assert.Equal(new ResourceHead(ResourceKind.Pipeline, "a", new TextSpan(4, 0)), Assert.Single(LanguageFeatures.GetHeads(at.Document, default)));
        var head = Assert.Single(LanguageFeatures.GetHeads(at.Factory.Documents["child.pipeline.yaml"], default));
        Assert.Equal("child", at.TextOf("child.pipeline.yaml", head.Span));
        Assert.Equal("child", at.TextOf("a.pipeline.yaml", Assert.Single(LanguageFeatures.GetUses(at.Factory, head.Kind, head.Name, default)).NameSpan));
    }

    [Theory]
    [InlineData("activities: [{ name: A, type: Wait }]\n", "activities: [{ name: B, type: Wait }]\n", true)]
    [InlineData("parameters: { a: string }\n", "parameters: { a: { type: string, defaultValue: x } }\n", false)]
    [InlineData("name: a\n", "name: b\n", false)]
    public void Others_see_what_can_be_named_and_passed(string before, string after, bool isSame) => Assert.Equal(
        isSame, LanguageFeatures.DescribeOutside(TestText.Document("a.pipeline.yaml", before)) == LanguageFeatures.DescribeOutside(TestText.Document("a.pipeline.yaml", after)));

    [Theory]
    [InlineData("medallion")]
    [InlineData("medallion-git")]
    public void Nothing_goes_wrong_in_samples_whole_and_cut_off(string sample)
    {
        const HintKinds All = HintKinds.DefaultValues | HintKinds.Types | HintKinds.Conditions | HintKinds.Counts;
        var factory = SampleTests.Load(sample);
        foreach (var document in factory.Documents.Values)
        {
            for (var length = document.Text.Length; length >= 0; length -= 13)
            {
                var cut = TestText.Document(document.Path, document.Text.Content[..length]);
                var changed = factory.With(cut);
                var tokens = LanguageFeatures.GetTokens(changed, cut, null, default);
                Assert.All(tokens.Zip(tokens.Skip(1)), t => Assert.True(t.First.Span.End <= t.Second.Span.Start));
                Assert.All(tokens, t => Assert.True(t.Span.Length > 0 && cut.Text.GetLine(t.Span.Start) == cut.Text.GetLine(t.Span.End)));
                Assert.All(LanguageFeatures.GetHints(changed, cut, new TextSpan(0, length), All, default), h => Assert.InRange(h.Offset, 0, length));
                Assert.All(LanguageFeatures.GetHeads(cut, default), h => LanguageFeatures.GetUses(changed, h.Kind, h.Name, default));
                LanguageFeatures.GetLinkedNames(changed, cut, length, default);
                LanguageFeatures.DescribeOutside(cut);
            }
        }
    }
}
