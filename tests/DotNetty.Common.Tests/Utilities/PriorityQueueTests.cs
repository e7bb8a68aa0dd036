using DotNetty.Common.Utilities;

namespace DotNetty.Common.Tests.Utilities;

public sealed class PriorityQueueTests
{
    [Fact]
    public void An_empty_queue_has_nothing()
    {
        var queue = new PriorityQueue<Item>();

        Assert.Null(queue.Peek());
        Assert.Null(queue.Dequeue());
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gives_the_items_in_order_whatever_was_removed(bool positioned)
    {
        var random = new Random(7);
        var queue = new PriorityQueue<Item>();
        var items = Enumerable.Range(0, 1000).Select(i => NewItem(random.Next(300), positioned)).ToList();
        items.ForEach(queue.Enqueue);
        var removed = items.Where((_, i) => i % 3 == 0).ToHashSet();

        foreach (var item in removed)
            queue.Remove(item);

        var expected = items.Where(item => !removed.Contains(item)).Select(item => item.Rank).Order();
        Assert.Equal(expected, Drain(queue).Select(item => item.Rank));
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Removing_an_item_that_is_not_there_changes_nothing(bool positioned)
    {
        var queue = new PriorityQueue<Item>();
        var item = NewItem(1, positioned);
        queue.Enqueue(item);

        queue.Remove(NewItem(1, positioned));
        Assert.Same(item, queue.Dequeue());
        queue.Remove(item);

        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Refuses_an_item_that_waits_already_but_takes_it_again_after(bool positioned)
    {
        var queue = new PriorityQueue<Item>();
        var item = NewItem(1, positioned);
        queue.Enqueue(item);

        Assert.Throws<ArgumentException>(() => queue.Enqueue(item));
        queue.Dequeue();
        queue.Enqueue(item);

        Assert.Same(item, queue.Peek());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Clears(bool positioned)
    {
        var queue = new PriorityQueue<Item>();
        var item = NewItem(1, positioned);
        queue.Enqueue(item);

        queue.Clear();

        Assert.Empty(queue);
        queue.Enqueue(item);
        Assert.Same(item, Assert.Single(queue));
    }

    [Fact]
    public void Orders_by_the_comparer()
    {
        var queue = new PriorityQueue<string>(StringComparer.OrdinalIgnoreCase);

        foreach (var text in new[] { "b", "C", "a" })
            queue.Enqueue(text);

        Assert.Equal(["a", "b", "C"], Drain(queue));
    }

    private static Item NewItem(int rank, bool positioned) => positioned ? new PositionedItem(rank) : new Item(rank);

    private static IEnumerable<T> Drain<T>(PriorityQueue<T> queue)
        where T : class
    {
        while (queue.Dequeue() is { } item)
            yield return item;
    }

    private class Item(int rank) : IComparable<Item>
    {
        public int Rank => rank;

        public int CompareTo(Item? other) => rank.CompareTo(other!.Rank);
    }

    private sealed class PositionedItem(int rank) : Item(rank), IQueuePosition
    {
        public int QueuePosition { get; set; }
    }
}
