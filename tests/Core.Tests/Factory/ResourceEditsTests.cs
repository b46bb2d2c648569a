using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Factory;

/// <summary>What is edited is what was meant; the rest of the text stays as it was.</summary>
public sealed class ResourceEditsTests
{
    [Theory]
    [InlineData("isSequential: true", "a: 1\nactivities:\n  - name: L # loop\n    type: ForEach\n    items: \"@x\"", "a: 1\nactivities:\n  - name: L # loop\n    type: ForEach\n    items: \"@x\"\n    isSequential: true")]
    [InlineData("isSequential: true", "activities:\n  - { name: L, type: ForEach }", "activities:\n  - { name: L, type: ForEach, isSequential: true }")]
    [InlineData("isSequential: true", "activities:\n  - name: L\n    type: ForEach\n    typeProperties:\n      items: \"@x\"", "activities:\n  - name: L\n    type: ForEach\n    typeProperties:\n      items: \"@x\"\n      isSequential: true")]
    [InlineData("isSequential: true", "activities:\n  - name: L\n    type: ForEach\n    isSequential: false # no\n    items: '@x'", "activities:\n  - name: L\n    type: ForEach\n    isSequential: true # no\n    items: '@x'")]
    public void A_property_of_the_first_activity_is_set(string property, string text, string expected) => Edits(text, expected, (edits, resource) =>
        edits.SetProperty(Activity(resource), "typeProperties." + property.Split(':')[0], new NewLiteral(property.Split(": ")[1])));

    [Theory]
    [InlineData("linkedServiceName", "type: Parquet\nlinkedServiceName: Lake\nlocation: { type: AzureBlobFSLocation }", "type: Parquet\nlinkedServiceName: { referenceName: Lake, parameters: { p: v } }\nlocation: { type: AzureBlobFSLocation }")]
    [InlineData("linkedServiceName", "type: Parquet\nlinkedServiceName: { referenceName: Lake }", "type: Parquet\nlinkedServiceName: { referenceName: Lake, parameters: { p: v } }")]
    [InlineData("linkedServiceName", "type: Parquet\nlinkedServiceName:\n  referenceName: Lake\n  parameters:\n    q: w # kept", "type: Parquet\nlinkedServiceName:\n  referenceName: Lake\n  parameters:\n    q: w # kept\n    p: v")]
    public void A_reference_gets_a_parameter(string property, string text, string expected) => Edits("dataset", text, expected, (edits, resource) =>
        edits.SetProperty((BoundObject)resource.Properties!.FindValue(property)!, "parameters.p", new NewScalar("v")));

    [Theory]
    [InlineData("parameters: { a: string, b: int }", "parameters: { a: string }")]
    [InlineData("parameters: { b: int, a: string }", "parameters: { a: string }")]
    [InlineData("parameters: { b: int }", "parameters: {}")]
    [InlineData("parameters:\n  a: string # first\n  b: int # second\nactivities: []", "parameters:\n  a: string # first\nactivities: []")]
    [InlineData("parameters:\n  b: int # second\n  a: string # first\nactivities: []", "parameters:\n  a: string # first\nactivities: []")]
    [InlineData("activities: []\nparameters:\n  a: string\n  b: int", "activities: []\nparameters:\n  a: string")]
    [InlineData("parameters:\n  b: int\nactivities: []", "activities: []")]
    [InlineData("parameters:\n  b:\n    type: string\n    defaultValue: |\n      x\n      y\n\n  a: string\n", "parameters:\n\n  a: string\n")]
    public void A_parameter_is_taken_away(string text, string expected) => Edits(text, expected, (edits, resource) =>
        edits.Remove(((BoundObject)resource.Properties!.FindValue("parameters")!).Find("b")!));

    [Theory]
    [InlineData("{\n  \"a\": 1, // one\n  \"b\": 2 // two\n}", "b", "{\n  \"a\": 1 // one // two\n}")]
    [InlineData("{\n  \"a\": 1, // one\n  \"b\": 2, // two\n  \"c\": 3\n}", "b", "{\n  \"a\": 1, // one\n  \"c\": 3\n}")]
    [InlineData("{\r\n\t\"a\": 1,\r\n\t\"b\": {\r\n\t\t\"x\": 1\r\n\t}\r\n}", "b", "{\r\n\t\"a\": 1\r\n}")]
    [InlineData("{ \"b\": 2 }", "b", "{}")]
    public void A_member_of_json_is_taken_away(string json, string key, string expected)
    {
        var text = new SourceText(json);
        var tree = SyntaxTree.Parse(text, SyntaxLanguage.Json);
        var entry = ((MappingSyntax)tree.Root!).Entries.Single(e => e.Key.Value == key);
        Assert.Equal(expected, text.WithChanges(new StructureEdits(text, SyntaxLanguage.Json).RemoveEntry(entry)).Content);
    }

    [Theory]
    [InlineData("dependsOn: [A, B]", "dependsOn: [A, { activity: B, dependencyConditions: [Failed] }]")]
    [InlineData("dependsOn: { A: Failed, B: }", "dependsOn: { A: Failed, B: [Failed] }")]
    [InlineData("dependsOn: { A: Failed, B: [Succeeded, Skipped] }", "dependsOn: { A: Failed, B: [Failed] }")]
    [InlineData("dependsOn:\n      - A\n      - B # last", "dependsOn:\n      - A\n      - { activity: B, dependencyConditions: [Failed] } # last")]
    [InlineData("dependsOn:\n      A: Succeeded\n      B:\n        - Succeeded\n        - Failed", "dependsOn:\n      A: Succeeded\n      B: [Failed]")]
    public void The_conditions_of_a_dependency_are_set(string text, string expected) => EditsDependency(text, expected, (edits, dependency) =>
        edits.SetProperty(dependency, "dependencyConditions", new NewSequence(new NewScalar("Failed"))));

    [Theory]
    [InlineData("dependsOn: [A, B]", "dependsOn: [A]")]
    [InlineData("dependsOn: { A: Failed, B: Failed }", "dependsOn: { A: Failed }")]
    [InlineData("dependsOn:\n      - A # first\n      - B", "dependsOn:\n      - A # first")]
    [InlineData("dependsOn:\n      - activity: A\n      - activity: B\n        dependencyConditions: [Failed]", "dependsOn:\n      - activity: A")]
    [InlineData("dependsOn:\n      A: Succeeded\n      B: Failed", "dependsOn:\n      A: Succeeded")]
    public void A_dependency_is_taken_away(string text, string expected) => EditsDependency(text, expected, (edits, dependency) => edits.RemoveItem(dependency));

    [Theory]
    [InlineData("description: old text # c", "description: new # c")]
    [InlineData("description: 'old'", "description: 'new'")]
    [InlineData("description: \"old\"", "description: \"new\"")]
    [InlineData("description: |\n  old\n  text\nfolder: { name: f }", "description: \"new\"\nfolder: { name: f }")]
    public void A_text_is_set_in_its_style(string text, string expected) => Edits(text, expected, (edits, resource) =>
        edits.SetText((BoundScalar)resource.Properties!.FindValue("description")!, "new"));

    [Fact]
    public void What_is_long_is_written_on_many_lines()
    {
        var value = new NewMapping(("type", new NewScalar("AzureKeyVaultSecret")), ("store", new NewMapping(("referenceName", new NewScalar("a_rather_long_name_of_a_vault")))), ("secretName", new NewScalar("one")));
        Edits("dataset", "type: Parquet\nconnection: x\n", "type: Parquet\nconnection:\n  type: AzureKeyVaultSecret\n  store: { referenceName: a_rather_long_name_of_a_vault }\n  secretName: one\n", (edits, resource) =>
            edits.SetProperty(resource.Root!, "connection", value));
    }

    private static void EditsDependency(string dependsOn, string expected, Func<ResourceEdits, BoundObject, ImmutableArray<TextChange>> edit)
    {
        string Wrap(string d) => $"activities:\n  - name: C\n    type: Wait\n    {d}\n    waitTimeInSeconds: 1";
        Edits(Wrap(dependsOn), Wrap(expected), (edits, resource) => edit(edits, (BoundObject)((BoundArray)Activity(resource).FindValue("dependsOn")!).Items[1]));
    }

    private static BoundObject Activity(BoundResource resource) => ActivityScope.FindAll(resource)[0].Activities[0].Node;

    private static void Edits(string text, string expected, Func<ResourceEdits, BoundResource, ImmutableArray<TextChange>> edit) => Edits("pipeline", text, expected, edit);

    /// <summary>Edits the spec form to what is expected, and the Git form to the same meaning.</summary>
    private static void Edits(string kind, string text, string expected, Func<ResourceEdits, BoundResource, ImmutableArray<TextChange>> edit)
    {
        var document = TestText.Document($"x.{kind}.yaml", text);
        Assert.Equal(expected, document.Text.WithChanges(edit(new ResourceEdits(document), document.Resources[0])).Content);
        var git = TestText.Document($"{kind}/x.json", Conversion.ToGit(document)[0].Text);
        var edited = TestText.Document(git.Path, git.Text.WithChanges(edit(new ResourceEdits(git), git.Resources[0])).Content);
        Assert.False(edited.HasSyntaxErrors, edited.Text.Content);
        var meant = Conversion.ToGit(TestText.Document(document.Path, expected))[0].Text;
        Assert.Equal(Compact(meant), Compact(edited.Text.Content));
    }

    private static string Compact(string json) => System.Text.Json.Nodes.JsonNode.Parse(json)!.ToJsonString().Replace("\"parameters\":{},", "", StringComparison.Ordinal).Replace(",\"parameters\":{}", "", StringComparison.Ordinal);
}
