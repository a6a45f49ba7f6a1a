using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PgSecurity.Pipeline;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

public class OrderedWorkTests
{
    [Fact]
    public void Results_come_in_the_order_of_the_work()
    {
        OrderedWork<int> work = new(100);
        using ManualResetEventSlim gate = new();
        work.Give(() => { gate.Wait(CancellationToken.None); return 0; }, CancellationToken.None);
        for (int index = 1; index < 50; index++)
        {
            int captured = index;
            work.Give(() => captured, CancellationToken.None);
        }

        gate.Set();
        Assert.Equal(Enumerable.Range(0, 50), TakeAll(work));
    }

    [Fact]
    public void It_is_full_when_as_much_is_under_way_as_it_may_hold()
    {
        OrderedWork<int> work = new(2);
        work.Give(() => 1, CancellationToken.None);
        Assert.False(work.IsFull);
        work.Give(() => 2, CancellationToken.None);
        Assert.True(work.IsFull);
        work.Take(CancellationToken.None);
        Assert.False(work.IsFull);
    }

    [Fact]
    public void Waiting_ends_when_it_is_stopped()
    {
        OrderedWork<int> work = new(1);
        using CancellationTokenSource stop = new();
        using ManualResetEventSlim never = new();
        work.Give(() => { never.Wait(stop.Token); return 1; }, stop.Token);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => work.Take(stop.Token));
    }

    [Fact]
    public void A_wait_that_ends_before_the_work_leaves_it_under_way()
    {
        OrderedWork<int> work = new(1);
        using ManualResetEventSlim open = new();
        work.Give(() => { open.Wait(); return 7; }, CancellationToken.None);
        Assert.False(work.Wait(TimeSpan.Zero, CancellationToken.None));
        open.Set();
        Assert.True(work.Wait(TimeSpan.FromMinutes(5), CancellationToken.None));
        Assert.Equal(7, work.Take(CancellationToken.None));
        Assert.False(work.Wait(TimeSpan.Zero, CancellationToken.None));
    }

    private static IEnumerable<int> TakeAll(OrderedWork<int> work)
    {
        while (!work.IsEmpty) yield return work.Take(CancellationToken.None);
    }
}
