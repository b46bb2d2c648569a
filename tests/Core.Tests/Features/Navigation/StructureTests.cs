using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Features.Navigation;

/// <summary>What follows from the structure of one text: growing selections, and folds.</summary>
public sealed class StructureTests
{
    [Theory]
    [InlineData(
        "p.pipeline.yaml", "activities:\n  - name: A\n    type: Fail\n    message: \"a @{concat('x|y', pipeline().RunId)} b\"\n",
        "xy", "'xy'", "'xy', pipeline().RunId", "concat('xy', pipeline().RunId)", "@{concat('xy', pipeline().RunId)}", "a @{concat('xy', pipeline().RunId)} b", "\"a @{concat('xy', pipeline().RunId)} b\"",
        "message: \"a …", "name: A…", "- name: A…", "activities:…", "activities:…\n")]
    [InlineData("p.pipeline.yaml", "activities:\n  - { name: |A, type: Wait }\n", "A", "name: A", "name: A, type: Wait", "{ name: A, type: Wait }", "- { name: A, type: Wait }", "activities:…", "activities:…\n")]
    [InlineData("p.pipeline.yaml", "parameters:\n  d|ay: string\n", "day", "day: string", "parameters:…", "parameters:…\n")]
    [InlineData(
        "pipeline/p.json", "{\n  \"name\": \"|p\",\n  \"properties\": { }\n}", "p", "\"p\"", "\"name\": \"p\"", "\"name\": \"p\",…", "{…")]
    [InlineData("p.pipeline.yaml", "a: 1\n---\nname: |x\n", "x", "name: x", "---\nname: x\n", "a: 1\n---…\n")]
    [InlineData("p.pipeline.yaml", "\n|\n", "\n\n")]
    [InlineData("p.pipeline.yaml", "|")]
    public void A_selection_grows_step_by_step(string path, string marked, params string[] expected)
    {
        var at = NavigationCase.Open($"=== {path}\n{marked}");
        var spans = LanguageFeatures.GetSelectionRanges(at.Document, at.Offset, default);
        Assert.Equal(expected.Length == 0 ? [""] : expected, spans.Select((s, i) => Shorten(at.Document.Text.ToString(s), (expected.Length == 0 ? [""] : expected)[Math.Min(i, Math.Max(0, expected.Length - 1))])));
    }

    [Theory]
    [InlineData("a: 1\nactivities:[|\n  - name: A[|\n    type: Wait\n    typeProperties:[|\n      waitTimeInSeconds: 1|]|]\n  - name: B[|\n    type: Wait|]|]\n")]
    [InlineData("# one[|\n# two\n# three|]\na:[|\n  b: 1|] # four\n\n# five\n\n# six[|\n# seven|]")]
    [InlineData("# region Loads[|\na:[|\n  b: 1|]\n#endregion|]\nc: 1\n")]
    [InlineData("a: |[|\n  one\n  two|]\nb: >-[|\n  one\n  two|]\nc: \"one[|\n  two\"|]\n")]
    [InlineData("activities:[|\n  - {[|\n      name: A, type: Wait|]\n    }|]\n")]
    public void What_goes_over_several_lines_can_be_folded(string marked) => CheckFolds("p.pipeline.yaml", marked);

    [Theory]
    [InlineData("{[|\n  \"name\": \"p\",\n  \"properties\": {[|\n    \"activities\": [[|\n      {[|\n        \"name\": \"A\"|]\n      }|]\n    ]|]\n  }|]\n}\n")]
    [InlineData("{[|\n  // one[|\n  // two|]\n  \"properties\": {[| \"activities\": [\n  ]|] }|]\n}")]
    [InlineData("{ \"name\": \"p\" }")]
    [InlineData("{[|\n  \"name\": {[|\n    \"a\": 1|]\n  }|]\n}")]
    public void So_it_can_in_json_where_the_brackets_stay(string marked) => CheckFolds("pipeline/p.json", marked);

    [Fact]
    public void A_fold_says_what_it_holds_and_how_deep_it_is()
    {
        var at = NavigationCase.Open("=== pipeline/p.json\n{\n  \"activities\": [\n    {\n      \"name\": \"A\"\n    }\n  ]\n}");
        Assert.Equal([(null, 0), ("1 item", 1), ("A", 2)], LanguageFeatures.GetFolds(at.Document, default).Select(f => (f.Label, f.Depth)));
    }

    private static void CheckFolds(string path, string marked)
    {
        // The bar of a block scalar is no mark.
        const string Bar = "a: |[|";
        var isBlock = marked.StartsWith(Bar, StringComparison.Ordinal);
        var (text, _) = TestText.WithSpans(isBlock ? marked.Replace(Bar, "a: ~[|", StringComparison.Ordinal) : marked);
        text = isBlock ? text.Replace("a: ~", "a: |", StringComparison.Ordinal) : text;
        var document = TestText.Document(path, text);
        var folds = LanguageFeatures.GetFolds(document, default);
        var written = folds.SelectMany(f => new[] { (At: f.Span.Start, Mark: "[|"), (At: f.Span.End, Mark: "|]") })
            .OrderByDescending(m => m.At).ThenBy(m => m.Mark == "[|" ? 1 : 0).Aggregate(text, (t, m) => t.Insert(m.At, m.Mark));
        Assert.Equal(marked, written);
        Assert.Equal(folds.OrderBy(f => f.Span.Start), folds);
    }

    /// <summary>As much of a text as is expected, where that ends in an ellipsis; with its last line break where that is expected.</summary>
    private static string Shorten(string text, string expected)
    {
        var end = expected.IndexOf('…', StringComparison.Ordinal);
        return end >= 0 && text.Length > end && text.StartsWith(expected[..end], StringComparison.Ordinal) && text.EndsWith(expected[(end + 1)..], StringComparison.Ordinal)
            && (expected.EndsWith('\n') || !text.EndsWith('\n'))
            ? expected
            : text;
    }
}
