using Xunit;

namespace Pipewright.Core.Tests.Rules.Triggers;

/// <summary>Triggers that wait for blobs and other events.</summary>
public sealed class EventRuleTests
{
    private const string Path = "t.trigger.yaml";

    private const string Account = "/subscriptions/0/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a";

    private const string Blob = $"type: BlobEventsTrigger\nscope: {Account}\nevents: [Microsoft.Storage.BlobCreated]\n";

    [Theory]
    [InlineData("PW4319", "blobPathBeginsWith: [|/landing/orders/|]")]
    [InlineData("PW4319", "blobPathBeginsWith: [|/landing/orders.csv|]")]
    [InlineData("PW4319", "blobPathBeginsWith: [|/blobs/orders/|]")]
    [InlineData("PW4319", "blobPathBeginsWith: [|/blobServices/default/containers/landing/blobs/orders/|]")]
    [InlineData("PW4320", "blobPathBeginsWith: [|landing/blobs/orders/|]")]
    [InlineData("PW4320", "blobPathBeginsWith: [|orders|]")]
    [InlineData("PW4320", "blobPathBeginsWith: [|'https://a.blob.core.windows.net/landing/orders'|]")]
    [InlineData("PW4321", "blobPathEndsWith: [|'*.csv'|]")]
    [InlineData("PW4321", "blobPathBeginsWith: [|/landing/blobs/*|]")]
    [InlineData("PW4321", "blobPathBeginsWith: [|/landing/blobs/*.csv|]")]
    [InlineData("PW4321", "blobPathBeginsWith: [|/landing/blobs/*/x/*.csv|]")]
    [InlineData("PW4318", "blobPathBeginsWith: [|''|]\nblobPathEndsWith: ''")]
    public void It_is_found(string code, string more) => RuleCases.Finds(code, Path, Blob + more + "\n");

    [Theory]
    [InlineData("blobPathBeginsWith: /landing/")]
    [InlineData("blobPathBeginsWith: /landing")]
    [InlineData("blobPathBeginsWith: /landing/blo")]
    [InlineData("blobPathBeginsWith: /landing/blobs")]
    [InlineData("blobPathBeginsWith: /landing/blobs/orders/2025")]
    [InlineData("blobPathBeginsWith: /blobs/blobs/orders")]
    [InlineData("blobPathBeginsWith: '/#{container}/orders/'")]
    [InlineData("blobPathEndsWith: orders/x.csv")]
    [InlineData("blobPathEndsWith: .csv\nblobPathBeginsWith: ''")]
    [InlineData("blobPathEndsWith: .csv\nblobPathBeginsWith:")]
    public void A_path_that_matches_something_is_left_alone(string more) =>
        Assert.All(["PW4318", "PW4319", "PW4320", "PW4321"], code => RuleCases.FindsNothing(code, Path, Blob + more + "\n"));

    [Fact]
    public void A_blob_trigger_without_a_path_is_found() => RuleCases.Finds("PW4318", Path, $"type: [|BlobEventsTrigger|]\nscope: {Account}\nevents: [Microsoft.Storage.BlobCreated]\n");

    [Theory]
    [InlineData("PW4319", "blobPathBeginsWith: /landing/orders/ # all", "blobPathBeginsWith: /landing/blobs/orders/ # all")]
    [InlineData("PW4319", "blobPathBeginsWith: \"/blobServices/default/containers/landing/blobs/x\"", "blobPathBeginsWith: \"/landing/blobs/x\"")]
    [InlineData("PW4320", "blobPathBeginsWith: landing/blobs/orders/", "blobPathBeginsWith: /landing/blobs/orders/")]
    [InlineData("PW4320", "blobPathBeginsWith: 'https://a.blob.core.windows.net/landing/my%20orders'", "blobPathBeginsWith: '/landing/blobs/my orders'")]
    [InlineData("PW4321", "blobPathEndsWith: '*.csv'", "blobPathEndsWith: '.csv'")]
    [InlineData("PW4321", "blobPathBeginsWith: /landing/blobs/*.csv", "blobPathBeginsWith: /landing/blobs/\nblobPathEndsWith: .csv")]
    public void It_is_mended(string code, string before, string after) => Assert.Equal(Blob + after + "\n", RuleCases.Fix(code, Path, Blob + before + "\n"));

    [Theory]
    [InlineData("BlobEventsTrigger", "[|landing|]")]
    [InlineData("BlobEventsTrigger", "[|subscriptions/0/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a|]")]
    [InlineData("BlobEventsTrigger", "[|/subscriptions/0/resourceGroups/g/providers/Microsoft.EventGrid/topics/t|]")]
    [InlineData("CustomEventsTrigger", "[|/subscriptions/0/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a|]")]
    [InlineData("CustomEventsTrigger", "[|https://t.westeurope-1.eventgrid.azure.net/api/events|]")]
    [InlineData("BlobEventsTrigger", "/SUBSCRIPTIONS/0/resourcegroups/g/providers/microsoft.storage/storageaccounts/a")]
    [InlineData("BlobEventsTrigger", "/subscriptions/<id>/x")]
    [InlineData("CustomEventsTrigger", "/subscriptions/0/resourceGroups/g/providers/Microsoft.EventGrid/topics/t")]
    [InlineData("CustomEventsTrigger", "/subscriptions/0/resourceGroups/g/providers/Microsoft.EventGrid/domains/d/topics/t")]
    public void A_scope_is_the_id_of_what_sends_the_events(string type, string scope) =>
        RuleCases.Finds("PW4322", Path, $"type: {type}\nscope: {scope}\nevents: [Microsoft.Storage.BlobCreated]\nblobPathEndsWith: .csv\n");
}
