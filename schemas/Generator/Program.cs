// The schema tool. `generate` writes schemas/generated from the package, `check` tells whether it is up to date, `publish`
// writes the JSON Schemas of schemas/published, `embed` merges generated and
// curated files and the package's descriptions into the resources that the server is built with.
using Pipewright.Generator;

return args switch
{
    ["generate", var schemas] => SchemaFiles.Generate(schemas),
    ["check", var schemas] => Check(schemas),
    ["publish", var schemas] => SchemaFiles.Publish(schemas),
    ["embed", var schemas, var folder] => Embed(schemas, folder),
    _ => Fail("Usage: generate SCHEMAS | check SCHEMAS | publish SCHEMAS | embed SCHEMAS FOLDER", 2),
};

static int Check(string schemas)
{
    var differing = SchemaFiles.FindDifferences(schemas);
    return differing.IsEmpty ? 0 : Fail($"Not up to date: {string.Join(", ", differing)}. Run 'generate'.", 1);
}

static int Embed(string schemas, string folder)
{
    try
    {
        SchemaFiles.Embed(schemas, folder);
        return 0;
    }
    catch (FormatException e)
    {
        // The form that build tools show as an error of the file.
        return Fail($"{Path.Join(schemas, "curated")} : error PWSCHEMA: {e.Message}", 1);
    }
}

static int Fail(string message, int code)
{
    Console.Error.WriteLine(message);
    return code;
}
