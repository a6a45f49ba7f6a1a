using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

/// <summary>What a journal keeps of a mask, and an undo holds the database against.</summary>
[Collection(MaskingLabCollection.Name)]
public class MaskingStateTests(MaskingLab lab)
{
    [PostgresTheory]
    [InlineData("maskLabels/public/customer/email", "label", "MASKED WITH FUNCTION")]
    [InlineData("maskLabels/public/customer/id", "label", null)]
    [InlineData("roleMaskLabels/masked_one", "label", "MASKED")]
    [InlineData("roleMaskLabels/shopowner", "label", null)]
    public async Task A_label_is_read_as_the_catalog_has_it(string name, string column, string? start)
    {
        JsonElement columns = (await FindAsync(name))!.Value.GetProperty("properties");

        JsonElement value = columns.GetProperty(column);
        if (start is null) Assert.Equal(JsonValueKind.Null, value.ValueKind);
        else Assert.StartsWith(start, value.GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(columns.GetProperty("summary").GetString()!);
    }

    [PostgresTheory]
    [InlineData("maskLabels/public/customer/nothing")]
    [InlineData("roleMaskLabels/nobody'; drop role masked_one; --")]
    [InlineData("maskViews/mask/nothing")]
    [InlineData("maskDataWrappers/nothing")]
    public async Task What_is_not_there_is_nothing(string name) => Assert.Null(await FindAsync(name));

    [PostgresFact]
    public async Task A_transaction_that_the_server_does_not_know_is_not_said_to_be_undone() =>
        await Assert.ThrowsAsync<ServiceFault>(() => FindAsync("staticMasks/shop/99999999"));

    private async Task<JsonElement?> FindAsync(string name)
    {
        ServerId server = ServerId.OfHost("127.0.0.1", lab.Cluster.Port);
        DatabaseTarget target = lab.Cluster.Target(LabCluster.Superuser);
        await using DatabaseRows rows = new(null, new ServerHosts(null, new DatabaseLogin { UserName = target.UserName, Password = (_, stop) => target.Password(stop), RootCertificates = target.RootCertificates }));
        return await rows.FindAsync($"{server.Value}/databases/shop/providers/PgSecurity/{string.Join("/", Array.ConvertAll(name.Split('/'), Uri.EscapeDataString))}", CancellationToken.None);
    }
}
