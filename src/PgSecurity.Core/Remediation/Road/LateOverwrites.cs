using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>
/// Looks once more, when a server is done, at the lists that were added to. The service has no ETag: whoever read such a list before
/// the addition and wrote it afterwards has overwritten the addition, and neither of the two was told.
/// </summary>
internal sealed class LateOverwrites
{
    private readonly List<(ChangeItem Item, ChangeRecord Record)> _additions = new();
    private readonly IResourceService _service;

    public LateOverwrites(IResourceService service) => _service = service;

    /// <summary>Remembers a change, if it added to a list.</summary>
    public void Note(ChangeItem item, ChangeRecord record)
    {
        bool isOurs = record.Status is ChangeStatus.Changed or ChangeStatus.RestartRequired && record.ChangeId.Length > 0 && !record.IsSetByOthers;
        if (isOurs && item.Change is ParameterChange { Value: null }) _additions.Add((item, record));
    }

    /// <summary>Reads the lists again; a change that is gone is told to have failed, in its journal too.</summary>
    public async Task TellAsync(IReadOnlyList<ChangeRecord> records, ChangeRoad road, CancellationToken stop)
    {
        // Right after the last write its value was read back: only what came before it is worth another look.
        ChangeRecord? last = records.LastOrDefault(record => record.StartedAt is not null);
        foreach ((ChangeItem item, ChangeRecord record) in _additions.Where(one => one.Record != last))
        {
            if (await ValueIfGoneAsync(item, stop).ConfigureAwait(false) is not string now) continue;
            record.After = now;
            record.Ended(ChangeStatus.Failed, $"It was made and read back, and is gone: the value is {now}. Somebody else wrote the list from an older reading. Run again.");
            road.Conclude(record);
        }
    }

    private async Task<string?> ValueIfGoneAsync(ChangeItem item, CancellationToken stop)
    {
        try
        {
            JsonObject? now = await TargetReading.ReadAsync(_service, item.Change, stop).ConfigureAwait(false);
            return item.Change.Compose(now) is JsonObject missing ? item.Change.Describe(now, missing) : null;
        }
        catch (System.Exception unknown) when (unknown is ServiceFault or RemediationException)
        {
            // What cannot be read now was read back when it was written.
            return null;
        }
    }
}
