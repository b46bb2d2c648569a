using Xunit;

namespace Pipewright.Architecture.Tests;

/// <summary>The rules of the house that ARCHITECTURE.md states.</summary>
public sealed class LayerTests
{
    /// <summary>A room of Core may use those before it; the last ones stand side by side.</summary>
    private static readonly string[] Rooms = ["Text", "Syntax", "Notebooks", "Schema", "Expressions", "Binding", "Factory"];

    private static readonly string[] SideRooms = ["Rules", "Emit", "Simulation", "PipelineTests", "Features"];

    /// <summary>What a side room may use of the others: features show what rules and runs find, a fix may write a whole file, and the list of all findings has those on tests.</summary>
    private static readonly Dictionary<string, string[]> SideDoors = new()
    {
        ["Features"] = ["Rules", "Emit", "Simulation", "PipelineTests"],
        ["Rules"] = ["Emit", "PipelineTests"],
        ["PipelineTests"] = ["Simulation"],
    };

    [Fact]
    public void A_room_of_core_uses_only_the_rooms_before_it()
    {
        var wrong = Assemblies.FindUses(Assemblies.Load("Pipewright.Core"))
            .Where(u => RoomOf(u.From) is { } from && RoomOf(u.To) is { } to && from != to && !MayUse(from, to))
            .Select(u => u.ToString());
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_type_of_core_is_in_a_known_room()
    {
        var types = Assemblies.FindUses(Assemblies.Load("Pipewright.Core")).Select(u => u.From).Distinct();
        Assert.DoesNotContain(types, t => RoomOf(t) is not { } room || !Rooms.Concat(SideRooms).Contains(room));
    }

    [Theory]
    [InlineData("Pipewright.Core", "NodaTime", "YamlDotNet")]
    [InlineData("Pipewright.Azure", "Azure.Core", "Azure.Identity", "System.ClientModel", "Microsoft.Identity.Client", "Microsoft.Identity.Client.Extensions.Msal")]
    [InlineData("Pipewright.Deployment", "Pipewright.Core")]
    [InlineData("pipewright-emulator", "Pipewright.Core")]
    public void A_project_uses_only_what_the_picture_allows(string project, params string[] allowed)
    {
        var used = Assemblies.Load(project).MainModule.AssemblyReferences.Select(r => r.Name)
            .Where(n => !n.StartsWith("System", StringComparison.Ordinal) && !n.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
                && !n.StartsWith("Microsoft.Extensions", StringComparison.Ordinal) && n is not ("netstandard" or "mscorlib" or "Microsoft.Win32.Primitives"));
        Assert.Empty(used.Except(allowed));
    }

    [Fact]
    public void Core_does_no_input_or_output_and_knows_no_clock()
    {
        string[] banned =
        [
            "System.IO.File", "System.IO.Directory", "System.IO.FileInfo", "System.IO.FileStream", "System.Console", "System.TimeProvider",
            "System.Threading.Tasks.Task", "System.Threading.Thread", "System.Random", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process",
        ];
        var wrong = Assemblies.FindUses(Assemblies.Load("Pipewright.Core"))
            .Where(u => banned.Contains(u.To) || u.To.StartsWith("System.Net.", StringComparison.Ordinal))
            .Where(u => !(u.From.StartsWith("Pipewright.Core.Schema.", StringComparison.Ordinal) && u.To == "System.IO.Stream"));
        Assert.Empty(wrong.Select(u => u.ToString()));
    }

    [Theory]
    [InlineData("StreamJsonRpc")]
    [InlineData("Spectre.Console")]
    public void A_library_that_might_be_changed_for_another_is_known_to_one_room_only(string library)
    {
        var users = Assemblies.FindUses(Assemblies.Load("pipewright"))
            .Where(u => u.To.StartsWith(library + ".", StringComparison.Ordinal))
            .Select(u => u.From).Distinct().ToList();
        Assert.True(users.Count is > 0 and <= 3, $"{library} should stay behind its seam, but is used by: {string.Join(", ", users)}");
    }

    private static bool MayUse(string from, string to)
    {
        var (fromAt, toAt) = (Array.IndexOf(Rooms, from), Array.IndexOf(Rooms, to));
        return toAt >= 0 ? fromAt < 0 || toAt < fromAt : SideDoors.GetValueOrDefault(from, []).Contains(to);
    }

    private static string? RoomOf(string type)
    {
        var parts = type.Split('.');
        return parts is ["Pipewright", "Core", var room, _, ..] ? room : null;
    }
}
