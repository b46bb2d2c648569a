// What context functions hold, read from the embedded resource that the build makes of schemas/curated/expressions/outputs.yaml when first asked for.
using System.Text.Json;

namespace Pipewright.Core.Expressions;

/// <summary>Makes types of members as they are written.</summary>
internal static class MemberReader
{
    private static readonly Lazy<MemberTables> Loaded = new(Load);

    public static MemberTables Tables => Loaded.Value;

    /// <summary>An object with these members; it may have others.</summary>
    /// <param name="workOut">The type that a word of <see cref="MemberText.WorkedOut"/> stands for.</param>
    public static ExpressionType ReadObject(IEnumerable<MemberText> members, Func<string, ExpressionType> workOut)
    {
        var all = members.ToList();
        var others = all.Find(m => m.Name == MemberText.Others);
        return ExpressionType.ObjectOf(all.Where(m => m != others).Select(Read), isClosed: false) with
        {
            Others = others is null ? null : ReadType(others, workOut),
            IsOpen = others is not null,
        };

        TypeMember Read(MemberText member) => new(member.Name, ReadType(member, workOut), member.IsOptional, member.Description);
    }

    private static ExpressionType ReadType(MemberText member, Func<string, ExpressionType> workOut) => member.Type switch
    {
        null when member.IsArray => ExpressionType.ArrayOf(ReadObject(member.Members, workOut)),
        null => ReadObject(member.Members, workOut),
        var word when MemberText.WorkedOut.Contains(word) => workOut(word),
        var type => TypeWords.Parse(type),
    };

    private static MemberTables Load()
    {
        using var stream = typeof(MemberReader).Assembly.GetManifestResourceStream(MemberTables.ResourceName)
            ?? throw new InvalidOperationException("The server was built without its outputs.");
        using var file = JsonDocument.Parse(stream);
        return MemberTables.Parse(file.RootElement);
    }
}
