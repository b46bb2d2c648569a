using Xunit;

namespace Pipewright.Core.Tests.Schema;

public sealed class CorpusCoverageTests
{
    private static readonly Lazy<CorpusSurvey> Survey = new(() =>
    {
        var survey = new CorpusSurvey();
        foreach (var factory in CorpusFiles.Factories)
        {
            survey.Visit(factory);
        }

        return survey;
    });

    /// <summary>Types that real files name and that are none: slips, names from before the service was released, and other products' types.</summary>
    private static readonly string[] NotAdf =
        ["StoreWriteSettings \"AzureBlobFSWriteSetting\"", "StoreReadSettings \"AzureBlobFSReadSetting\"", "Activity \"DataFlow\"", "LinkedService \"EventHubs\""];

    [Fact]
    public void Every_type_of_published_factories_is_known()
    {
        if (CorpusFiles.Folder is not null)
        {
            Assert.Empty(Survey.Value.Types.Unknown.Keys.Except(NotAdf));
            Assert.True(Survey.Value.Types.Known > 7000, $"Only {Survey.Value.Types.Known} types were met.");
        }
    }

    [Fact]
    public void Nearly_every_property_of_published_factories_is_known()
    {
        if (CorpusFiles.Folder is not null)
        {
            Assert.True(Survey.Value.Properties.Share > 0.9995, string.Join('\n', Survey.Value.Properties.Unknown.Keys));
        }
    }

    [Fact]
    public void Published_factories_keep_expressions_in_the_form_that_the_schema_says()
    {
        if (CorpusFiles.Folder is not null)
        {
            var slots = Survey.Value.Expressions.Values;
            var asSaid = slots.Sum(s => s.Slot.WritesPlainExpression ? s.Plain : s.Objects);
            Assert.True(asSaid > 0.98 * slots.Sum(s => s.Plain + s.Objects), $"Only {asSaid} are.");
            Assert.DoesNotContain(Survey.Value.Expressions, s => s.Value.Slot.WritesPlainExpression && s.Value.Objects > s.Value.Plain);
        }
    }
}
