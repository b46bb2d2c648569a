using Pipewright.Core.Factory;
using Pipewright.Core.Features;
using Pipewright.Core.Text;
using Xunit;
using static Pipewright.Core.Tests.PipelineTests.PipelineTestCases;

namespace Pipewright.Core.Tests.PipelineTests;

/// <summary>What an editor offers in a file of tests.</summary>
public sealed class PipelineTestFeatureTests
{
    [Theory]
    [InlineData("pipeline: [|Mian|]\ncases: {}", "PW9201 The factory has no pipeline 'Mian'. Did you mean 'Main'?", "Main")]
    [InlineData("pipeline: Main\nparameters: { day: x }\ntrigger: { name: [|Nightli|] }\ncases: {}", "PW9201 The factory has no trigger 'Nightli'. Did you mean 'Nightly'?", "Nightly")]
    [InlineData("pipeline: Main\nstubs: { [|Fnd|]: {} }\ncases: {}", "PW9202 The pipeline 'Main' has no activity 'Fnd'. Did you mean 'Find'?", "Find")]
    [InlineData("pipeline: Main\nstubs: { [|Touch|]: {} }\ncases: {}", "PW9202 The pipeline 'Main' has no activity 'Touch'. Did you mean 'Child/Touch'?", "Child/Touch")]
    [InlineData("pipeline: Main\nstubs: { Child/[|Tuoch|]: {} }\ncases: {}", "PW9202 The pipeline 'Child' has no activity 'Tuoch'. Did you mean 'Touch'?", "Touch")]
    [InlineData("pipeline: Main\nparameters: { day: x, [|mod|]: x }\ncases: {}", "PW9203 The pipeline 'Main' declares no parameter 'mod'. Did you mean 'mode'?", "mode")]
    [InlineData("pipeline: Main\nglobalParameters: { [|evn|]: x }\ncases: {}", "PW9203 The factory declares no global parameter 'evn'. Did you mean 'env'?", "env")]
    [InlineData("pipeline: Main\nparameters: { day: x }\ncases: { c: { expect: { variables: { [|name|]: [] } } } }", "PW9203 The pipeline 'Main' declares no variable 'name'. Did you mean 'names'?", "names")]
    [InlineData("pipeline: Main\nparameters: { day: x }\ncases: { c: { expect: { activities: { Mode: { branch: [|ful|] } } } } }", "PW9204 'Mode' has no branch 'ful'. Did you mean 'full'?", "full")]
    [InlineData("pipeline: Main\nparameters: { day: x }\ncases: { c: { expect: { activities: { Find: { branch: [|true|] } } } } }", "PW9204 'Find' has no branches. Only an If Condition and a Switch do.", null)]
    [InlineData("pipeline: Main\nparameters: { day: x }\nstart: [|noon|]\ncases: {}", "PW9205 'noon' is no time. Write it like 2025-01-31T02:00:00Z.", null)]
    [InlineData("pipeline: Main\nstubs: { Find: { takes: [|5m|] } }\ncases: {}", "PW9205 '5m' is no time span. Write hours, minutes and seconds: '00:20:00'.", null)]
    [InlineData("pipeline: Main\nstubs: { Load: { iterations: { [|first|]: {} } } }\ncases: {}", "PW9205 'first' is no number of an iteration. Write 0 for the first one.", null)]
    [InlineData("pipeline: Main\nstubs: { Find: { takes: '00:00:01', [|fials|]: x } }\ncases: {}", "PW9206 'fials' stands beside words of a stub, so it is no member of the output. Did you mean 'fails'?", "fails")]
    [InlineData("pipeline: Main\ncases: { [|c|]: {} }", "PW9207 The case gives 'day' no value, which 'Main' requires: the run is refused. Write it below 'parameters', or expect 'status: Refused'.", null)]
    [InlineData("pipeline: Main\ncases: { c: { expect: { status: Refused } } }", null, null)]
    [InlineData("pipeline: Main\ntrigger: { name: Nightly }\ncases: { c: {} }", null, null)]
    [InlineData("pipeline: Main\nparameters: { day: x }\ncases: { c: { expect: { [|statsu|]: Failed } } }", "PW2001 Pipeline test expectation has no property 'statsu'. Did you mean 'status'?", "status")]
    public void What_is_wrong_is_found_while_typing(string marked, string? message, string? fix)
    {
        var (text, spans) = TestText.WithSpans(marked);
        var factory = Make(text);
        var found = LanguageFeatures.GetDiagnostics(factory, Document(factory), default);
        if (message is null)
        {
            Assert.Empty(found.Select(d => d.Message));
            return;
        }

        var one = Assert.Single(found);
        Assert.Equal((message, spans[0]), ($"{one.Code} {one.Message}", one.Span));
        Assert.Equal(fix, one.PreferredFix?.Edit.Changes[0].NewText);
    }

    [Theory]
    [InlineData("pipeline: |\ncases: {}", "Main", "Child")]
    [InlineData("pipeline: Main\n|", "cases", "stubs", "trigger", "parameters", "seed")]
    [InlineData("pipeline: Main\nstubs:\n  |\ncases: {}", "Find", "Load", "Rebuild", "Child/Touch")]
    [InlineData("pipeline: Main\nstubs:\n  Find:\n    |\ncases: {}", "output", "fails", "takes", "attempts", "iterations")]
    [InlineData("pipeline: Main\nparameters:\n  |\ncases: {}", "day", "mode")]
    [InlineData("pipeline: Main\nglobalParameters:\n  |\ncases: {}", "env")]
    [InlineData("pipeline: Main\ntrigger:\n  name: |\ncases: {}", "Nightly")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      |", "status", "succeeded", "activities", "order")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      status: |", "Succeeded", "Failed", "Refused")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      variables:\n        |", "count", "names")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      succeeded: [|]", "Find", "Each")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      skipped:\n        - |", "Find", "Child/Touch")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      activities:\n        |", "Find", "Mode")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      activities:\n        Mode:\n          branch: |", "full", "default")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    expect:\n      activities:\n        Rebuild:\n          input:\n            |", "url", "method", "body")]
    [InlineData("pipeline: Main\ncases:\n  c:\n    pipeline: Child\n    expect:\n      activities:\n        |", "Touch", "Return")]
    public void What_fits_is_proposed(string marked, params string[] expected)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var factory = Make(text);
        var labels = LanguageFeatures.GetCompletion(factory, Document(factory), offset, default).Items.Select(i => i.Label).ToList();
        Assert.Empty(expected.Except(labels).Select(e => $"{e} is not among {string.Join(", ", labels)}"));
    }

    [Fact]
    public void The_words_are_explained()
    {
        var (text, offset) = TestText.WithCursor(Head + "  c: { stubs: { Find: { fa|ils: x } } }");
        var factory = Make(text);
        Assert.Contains("The message that the activity fails with.", LanguageFeatures.GetHover(factory, Document(factory), offset, default)!.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pipeline: M|ain\ncases: {}", "Main.pipeline.yaml")]
    [InlineData("pipeline: Main\nstubs: { Chi|ld/Touch: {} }\ncases: {}", "Child.pipeline.yaml")]
    [InlineData("pipeline: Main\nstubs: { Child/T|ouch: {} }\ncases: {}", "Child.pipeline.yaml")]
    [InlineData("pipeline: Main\nparameters: { m|ode: x }\ncases: {}", "Main.pipeline.yaml")]
    [InlineData("pipeline: Main\ntrigger: { name: N|ightly }\ncases: {}", "Nightly.trigger.yaml")]
    [InlineData("pipeline: Main\ncases: { c: { expect: { variables: { na|mes: [] } } } }", "Main.pipeline.yaml")]
    [InlineData("pipeline: Main\ncases: { c: { expect: { returns: { x: \"@variables('na|mes')\" } } } }", "Main.pipeline.yaml")]
    public void A_name_leads_to_what_it_names(string marked, string path)
    {
        var (text, offset) = TestText.WithCursor(marked);
        var factory = Make(text);
        Assert.Equal(path, Assert.Single(LanguageFeatures.GetDefinition(factory, Document(factory), offset, default)!.Targets).Path);
    }

    [Theory]
    [InlineData("name: F|ind", "Search", "pipeline: Main\nstubs: { Search: {} }\ncases: { c: { expect: { succeeded: [Search], returns: { x: \"@activity('Search').output\" } } } }")]
    [InlineData("d|ay: string", "date", "pipeline: Main\nstubs: { Find: {} }\ncases: { c: { expect: { succeeded: [Find], returns: { x: \"@activity('Find').output\" } } } }")]
    public void A_new_name_in_a_pipeline_changes_its_tests(string place, string name, string expected)
    {
        var factory = Make("pipeline: Main\nstubs: { Find: {} }\ncases: { c: { expect: { succeeded: [Find], returns: { x: \"@activity('Find').output\" } } } }");
        var offset = Main.ReplaceLineEndings("\n").IndexOf(place.Replace("|", "", StringComparison.Ordinal), StringComparison.Ordinal) + place.IndexOf('|', StringComparison.Ordinal);
        var result = LanguageFeatures.GetRename(factory, factory.Documents["Main.pipeline.yaml"], offset, name, canRenameFiles: true, default)!;
        Assert.Equal(expected, Apply(result, Document(factory)));
    }

    [Fact]
    public void A_pipeline_and_its_activities_can_be_renamed_from_a_test()
    {
        var (text, offset) = TestText.WithCursor("pipeline: Main\nstubs: { Ch|ild/Touch: {} }\ncases: {}");
        var factory = Make(text);
        var result = LanguageFeatures.GetRename(factory, Document(factory), offset, "Kid", canRenameFiles: true, default)!;
        Assert.Equal("pipeline: Main\nstubs: { Kid/Touch: {} }\ncases: {}", Apply(result, Document(factory)));
        Assert.Contains(result.Changes, c => c is FileRename { NewPath: "Kid.pipeline.yaml" });
        Assert.Contains(result.Changes, c => c is FileEdit { Path: "Main.pipeline.yaml" });
    }

    [Fact]
    public void The_outline_has_the_cases()
    {
        var factory = Make(Head + "  first one: { description: It works. }\n  other: {}\n");
        var file = Assert.Single(LanguageFeatures.GetOutline(Document(factory), default));
        Assert.Equal([("first one", "It works."), ("other", "Main")], file.Children.Select(c => (c.Name, c.Detail)));
    }

    [Fact]
    public void A_file_of_tests_is_no_resource()
    {
        var factory = Make(Head + "  c: {}");
        Assert.False(factory.Documents.ContainsKey(FilePath));
        Assert.Same(Document(factory), factory.FindDocument(FilePath));
        Assert.Empty(factory.Without(FilePath).Tests);
        Assert.Empty(LanguageFeatures.GetHeads(Document(factory), default));
    }

    private static string Apply(RenameResult result, ResourceDocument document) =>
        document.Text.WithChanges(result.Changes.OfType<FileEdit>().SingleOrDefault(e => e.Path == FilePath)?.Changes ?? []).Content;
}
