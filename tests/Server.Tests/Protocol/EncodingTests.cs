using System.Text;
using Pipewright.LanguageServer.Workspaces;
using Xunit;

namespace Pipewright.Server.Tests.Protocol;

/// <summary>Files are read in the encoding that they begin with.</summary>
public sealed class EncodingTests
{
    private const string Json = """{"name":"é","properties":{"activities":[]}}""";

    public static TheoryData<string> Encodings() => ["utf-8", "utf-8 with a mark", "utf-16", "utf-16BE"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_file_is_read_whatever_it_is_written_in(string name)
    {
        Encoding encoding = name switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8 with a mark" => new UTF8Encoding(true),
            "utf-16" => Encoding.Unicode,
            _ => Encoding.BigEndianUnicode,
        };
        using var folder = new TestFolder(("pipeline/é.json", ""));
        File.WriteAllText(folder["pipeline/é.json"], Json, encoding);
        var factory = Assert.Single(new FactoryLoader(FileKinds.Default, m => Assert.Fail(m)).Load(folder.Path, default));
        var document = Assert.Single(factory.Snapshot.Documents.Values);
        Assert.Empty(document.Diagnostics);
        Assert.Equal("é", document.Resources[0].Name);
    }
}
