using DotNetty.Transport.Epoll.Interop;

namespace DotNetty.Transport.Epoll.Tests;

public sealed class EpollEntriesTests
{
    private readonly EpollEntries _entries = new();

    [Fact]
    public void An_entry_is_found_by_its_token()
    {
        var entry = new Entry();
        _entries.Add(entry);

        Assert.Same(entry, _entries.Find(_entries.TokenOf(entry)));
    }

    [Fact]
    public void An_event_for_an_entry_that_has_gone_never_reaches_the_next_in_its_slot()
    {
        var gone = new Entry();
        _entries.Add(gone);
        ulong late = _entries.TokenOf(gone);
        _entries.Remove(gone);

        var next = new Entry();
        _entries.Add(next);

        Assert.Null(_entries.Find(late));
        Assert.Same(next, _entries.Find(_entries.TokenOf(next)));
    }

    [Fact]
    public void Slots_are_used_again_and_more_are_made_when_they_run_out()
    {
        Entry[] many = [.. Enumerable.Range(0, 1000).Select(_ => new Entry())];
        foreach (Entry entry in many)
        {
            _entries.Add(entry);
        }

        foreach (Entry entry in many[..500])
        {
            _entries.Remove(entry);
        }

        var again = new Entry();
        _entries.Add(again);

        Assert.InRange((uint)_entries.TokenOf(again), 0u, 999u);
        Assert.All(many[500..], entry => Assert.Same(entry, _entries.Find(_entries.TokenOf(entry))));
    }

    [Fact]
    public void Removing_twice_gives_the_slot_back_once()
    {
        var entry = new Entry();
        _entries.Add(entry);
        _entries.Remove(entry);
        _entries.Remove(entry);

        Entry one = new();
        Entry other = new();
        _entries.Add(one);
        _entries.Add(other);

        Assert.NotEqual(_entries.TokenOf(one), _entries.TokenOf(other));
    }

    private sealed class Entry : EpollEntry
    {
        protected override EpollInterest Wanted => EpollInterest.None;

        protected override void Handle(EpollInterest happened)
        {
        }
    }
}
