using System.Text;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;

namespace Pipewright.Core.Tests.Performance;

/// <summary>A pipeline of many activities, each of which waits for the one before, with a place in its middle where one types.</summary>
internal sealed class LargePipeline
{
    private const string Number = "retry: 2";
    private const string JsonNumber = "\"retry\": 2";

    private readonly string _text;
    private readonly string _path;

    /// <param name="activities">How many; of ten lines each in the spec form, of 27 in the Git form.</param>
    public LargePipeline(int activities, bool isSpec)
    {
        _path = isSpec ? "many.pipeline.yaml" : "pipeline/many.json";
        _text = isSpec ? Spec(activities) : Git(activities);
        var number = isSpec ? Number : JsonNumber;
        Middle = _text.IndexOf(number, _text.Length / 2, StringComparison.Ordinal) + number.Length - 1;
        var line = isSpec ? "    description: " : "                \"userProperties\"";
        Line = _text.IndexOf(line, Middle, StringComparison.Ordinal);
        Key = isSpec ? "    st" : "                \"st";
        LineCount = _text.Count(c => c == '\n');
    }

    public int LineCount { get; }

    /// <summary>Where a number stands that can be made another.</summary>
    public int Middle { get; }

    /// <summary>Where a line begins that a new one can be put before.</summary>
    public int Line { get; }

    /// <summary>A line with a key that is half typed.</summary>
    public string Key { get; }

    public SourceText Text => new(_text);

    /// <summary>The text with another number: nothing of what it says about other activities changes.</summary>
    public string WithOtherNumber => _text[..Middle] + "3" + _text[(Middle + 1)..];

    /// <summary>The text with a key that is half typed; the cursor is behind it, at <see cref="Cursor"/>.</summary>
    public string WithKey => _text[..Line] + Key + "\n" + _text[Line..];

    public int Cursor => Line + Key.Length;

    public ResourceDocument Open() => ResourceDocument.Create(_path, Text)!;

    private static string Spec(int activities)
    {
        var text = new StringBuilder("description: A pipeline of many activities\nparameters:\n  day: string\nactivities:\n");
        for (var i = 0; i < activities; i++)
        {
            text.Append("  - name: Clean").Append(i).Append("\n    type: DatabricksNotebook\n");
            text.Append("    dependsOn: [").Append(i == 0 ? "" : $"Clean{i - 1}").Append("]\n");
            text.Append("    linkedServiceName: Databricks\n    notebookPath: /Shared/clean\n    policy: { retry: 2, timeout: \"0.01:00:00\" }\n");
            text.Append("    baseParameters:\n      day: \"@pipeline().parameters.day\"\n      number: \"").Append(i).Append("\"\n    description: One of many\n");
        }

        return text.ToString();
    }

    private static string Git(int activities)
    {
        var text = new StringBuilder("{\n    \"name\": \"many\",\n    \"properties\": {\n        \"parameters\": { \"day\": { \"type\": \"string\" } },\n        \"activities\": [\n");
        for (var i = 0; i < activities; i++)
        {
            var before = i == 0 ? "" : $$"""{ "activity": "Clean{{i - 1}}", "dependencyConditions": [ "Succeeded" ] }""";
            text.Append($$"""
                            {
                                "name": "Clean{{i}}",
                                "type": "DatabricksNotebook",
                                "dependsOn": [
                                    {{before}}
                                ],
                                "policy": {
                                    "retry": 2,
                                    "timeout": "0.01:00:00"
                                },
                                "userProperties": [],
                                "typeProperties": {
                                    "notebookPath": "/Shared/clean",
                                    "baseParameters": {
                                        "day": {
                                            "value": "@pipeline().parameters.day",
                                            "type": "Expression"
                                        },
                                        "number": "{{i}}"
                                    }
                                },
                                "linkedServiceName": {
                                    "referenceName": "Databricks",
                                    "type": "LinkedServiceReference"
                                }
                            }{{(i == activities - 1 ? "" : ",")}}

                """);
        }

        return text.Append("        ]\n    }\n}\n").ToString();
    }
}
