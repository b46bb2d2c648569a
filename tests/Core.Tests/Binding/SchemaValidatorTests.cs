using Pipewright.Core.Features;
using Xunit;

namespace Pipewright.Core.Tests.Binding;

/// <summary>What the schema finds, in both forms, with the characters that it underlines: <c>[|…|]</c>.</summary>
public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("PW2001", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: 5\n    [|retries|]: 1")]
    [InlineData("PW2001", "[|descripton|]: hi")]
    [InlineData("PW2002", "activities: [|none|]")]
    [InlineData("PW2014", "activities:\n  - name: W\n    type: Wait\n    [|waitTimeInSeconds|]: [1]")]
    [InlineData("PW2002", "activities:\n  - name: F\n    type: ForEach\n    items: '@createArray(1)'\n    isSequential: [|often|]\n    activities: []")]
    [InlineData("PW2002", "[|parameters|]: []")]
    [InlineData("PW2003", "activities:\n  - name: W\n    type: [|Wait|]")]
    [InlineData("PW2003", "activities:\n  - name: W\n    type: Wait\n    [|typeProperties|]: {}")]
    [InlineData("PW2003", "activities:\n  - type: [|Wait|]\n    waitTimeInSeconds: 5")]
    [InlineData("PW2004", "activities:\n  - name: A\n    type: Wait\n    waitTimeInSeconds: 5\n    dependsOn: { B: [|Succeded|] }", "PW4101")]
    [InlineData("PW2006", "activities:\n  - name: A\n    type: [|Copi|]")]
    [InlineData("PW2009", "activities:\n  - name: F\n    type: ForEach\n    items: '@createArray(1)'\n    batchCount: [|51|]\n    activities: []")]
    [InlineData("PW2011", "[|-|] a")]
    [InlineData("PW2012", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: [|.inf|]")]
    [InlineData("PW2015", "activities:\n  - name: A\n    type: Wait\n    waitTimeInSeconds: 5\n    [|userProperties|]: [{ name: a, value: a }, { name: b, value: a }, { name: c, value: a }, { name: d, value: a }, { name: e, value: a }, { name: f, value: a }]")]
    public void In_the_spec_form(string code, string marked, string ignored = "") => Check("p.pipeline.yaml", code, marked, ignored);

    [Theory]
    [InlineData("PW2001", """{"name":"p","properties":{"activities":[],[|"colour"|]:"red"}}""")]
    [InlineData("PW2002", """{"name":"p","properties":{"activities":[|"none"|]}}""")]
    [InlineData("PW2003", """{"name":"p","properties":{"activities":[{"name":"W","type":"Wait",[|"typeProperties"|]:{}}]}}""")]
    [InlineData("PW2003", """{"name":"p","properties":{"activities":[{"name":"W","type":[|"Wait"|]}]}}""")]
    [InlineData("PW2006", """{"name":"p","properties":{"activities":[{"name":"W","type":[|"Copi"|],"typeProperties":{}}]}}""")]
    [InlineData("PW2001", """{"name":"p",[|"propertis"|]:{"activities":[{"name":"W","type":"Fail"}]}}""")]
    [InlineData("PW2003", """{"name":"p","properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{[|"waitTimeInSeconds"|]:null}}]}}""")]
    [InlineData("PW2005", """{"name":"p","properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":{"value":"@int('5')","type":[|"Expresion"|]}}}]}}""")]
    [InlineData("PW2007", """{"name":"p","properties":{"activities":[{"name":"W","type":"Wait","typeProperties":{"waitTimeInSeconds":{"value":"@int('5')","type":"Expression",[|"type"|]:"Expression"}}}]}}""")]
    [InlineData("PW2007", """{"name":"p","properties":{"activities":[],[|"activities"|]:[]}}""")]
    [InlineData("PW2011", """[|{|]"activities":[]}""")]
    [InlineData("PW2011", """[|[|]]""")]
    public void In_the_git_form(string code, string marked) => Check("pipeline/p.json", code, marked);

    [Fact]
    public void An_inner_kind_of_value_at_the_outer_level_is_found_and_fixed()
    {
        const string Text = "type: AzureSqlTable\nlinkedServiceName: L\nschema: dbo\ntable: t\n";
        var document = TestText.Document("d.dataset.yaml", Text);
        var diagnostic = Assert.Single(document.Diagnostics);
        Assert.Equal(("PW2008", "schema"), (diagnostic.Code, document.Text.ToString(diagnostic.Span)));
        var fixedText = document.Text.WithChanges(Assert.Single(diagnostic.Fixes).Changes).Content;
        Assert.Equal("type: AzureSqlTable\nlinkedServiceName: L\ntypeProperties: { schema: dbo }\ntable: t\n", fixedText);
        Assert.Empty(TestText.Document("d.dataset.yaml", fixedText).Diagnostics);
    }

    [Theory]
    [InlineData("activities:\n  - name: W\n    type: Wait\n    waitTimeInSecond: 5", "Change to 'waitTimeInSeconds'", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: 5")]
    [InlineData("activities:\n  - { name: F, type: \"Fial\", message: m, errorCode: '1' }", "Change to 'Fail'", "activities:\n  - { name: F, type: \"Fail\", message: m, errorCode: '1' }")]
    [InlineData("activities:\n  - name: F\n    type: ForEach\n    items: '@createArray(1)'\n    batchCount: '51' # fast\n    activities: []", "Change to '50'", "activities:\n  - name: F\n    type: ForEach\n    items: '@createArray(1)'\n    batchCount: '50' # fast\n    activities: []")]
    public void A_slip_of_the_pen_is_fixed_in_its_own_quotes(string before, string title, string after)
    {
        var document = TestText.Document("p.pipeline.yaml", before);
        var fix = document.Diagnostics.SelectMany(d => d.Fixes).First(f => f.Title == title);
        Assert.Equal(after, document.Text.WithChanges(fix.Changes).Content);
        Assert.Empty(TestText.Document("p.pipeline.yaml", after).Diagnostics);
    }

    [Theory]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: W\n    type: Wait\n    state: Inactive")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: W\n    type: wait\n    waitTimeInSeconds: '@int(''5'')'")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: '5'")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: W\n    type: Wait\n    waitTimeInSeconds: { value: '@int(''5'')', type: Expression }")]
    [InlineData("p.pipeline.yaml", "activities:\n  - name: C\n    type: Copy\n    state: Inactive\n    inputs: []\n    outputs: []")]
    [InlineData("p.pipeline.yaml", "apiVersion: v1\nkind: Pod")]
    [InlineData("p.pipeline.yaml", "stages:\n  - stage: build")]
    [InlineData("p.pipeline.yaml", "steps:\n  - script: x")]
    [InlineData("p.pipeline.yaml", "jobs:\n  a: {}")]
    [InlineData("pipeline/package.json", """{"name":"x","version":"1.0.0","scripts":{}}""")]
    [InlineData("l.linkedService.yaml", "type: AzureDatabricks\ndomain: https://adb-1.1.azuredatabricks.net\naccessToken: { type: AzureKeyVaultSecret, store: Vault, secretName: token }\nexistingClusterId: 0524-123456-abcde123")]
    public void Nothing_is_said_of_what_is_right_or_not_ours(string path, string text)
    {
        var document = TestText.Document(path, text);
        Assert.DoesNotContain(LanguageFeatures.GetDiagnostics(TestText.Factory(path, text), document, default), d => d.Code is not ("PW4001" or "PW4255"));
    }

    private static void Check(string path, string code, string marked, string ignored = "")
    {
        var (text, spans) = TestText.WithSpans(marked);
        var document = TestText.Document(path, text);
        var diagnostics = LanguageFeatures.GetDiagnostics(TestText.Factory(path, text), document, default).Where(d => d.Code != ignored && d.Code[2] is '1' or '2');
        Assert.Equal(spans.Select(s => (code, s)), diagnostics.Select(d => (d.Code, d.Span)));
    }
}
