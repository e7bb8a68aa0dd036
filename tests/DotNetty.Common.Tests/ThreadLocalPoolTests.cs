namespace DotNetty.Common.Tests;

public sealed class ThreadLocalPoolTests
{
    [Fact]
    public void Gives_the_released_object_out_again()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle));
        var item = pool.Take();

        item.Release();

        Assert.Same(item, pool.Take());
        Assert.NotSame(item, pool.Take());
    }

    [Fact]
    public void Refuses_a_second_release()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle));
        var item = pool.Take();
        item.Release();

        Assert.Throws<InvalidOperationException>(item.Release);
        Assert.Same(item, pool.Take());
        Assert.NotSame(item, pool.Take());
    }

    [Fact]
    public void Refuses_an_object_of_another_handle()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle));

        Assert.Throws<ArgumentException>(() => pool.Take().Handle.Release(pool.Take()));
    }

    [Fact]
    public void Keeps_no_more_than_its_capacity()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle), 1);
        var kept = pool.Take();
        var dropped = pool.Take();

        kept.Release();
        dropped.Release();

        Assert.Same(kept, pool.Take());
        Assert.NotSame(dropped, pool.Take());
    }

    [Fact]
    public void Makes_a_new_object_each_time_when_it_may_keep_none()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle), 0);
        var item = pool.Take();

        item.Release();

        Assert.NotSame(item, pool.Take());
    }

    [Fact]
    public void Makes_all_objects_of_a_thread_beforehand_when_asked_to()
    {
        int made = 0;
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle, made++), 3, preCreate: true);

        var item = pool.Take();

        Assert.Equal(3, made);
        item.Release();
        Assert.Throws<InvalidOperationException>(item.Release);
        Assert.Same(item, pool.Take());
    }

    [Fact]
    public void Keeps_one_in_the_ratio_of_those_released_for_the_first_time()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle), 100, 1, 4, 0);
        Item[] items = [.. Enumerable.Range(0, 8).Select(_ => pool.Take())];

        foreach (var item in items)
            item.Release();

        Item[] again = [.. Enumerable.Range(0, 8).Select(_ => pool.Take())];
        Assert.Equal([items[4], items[0]], again[..2]);
        Assert.Empty(again[2..].Intersect(items));
    }

    [Fact]
    public void Keeps_every_object_when_no_ratio_is_given()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle));
        Item[] items = [.. Enumerable.Range(0, 3).Select(_ => pool.Take())];

        foreach (var item in items)
            item.Release();

        Assert.Equal(items.Reverse(), Enumerable.Range(0, 3).Select(_ => pool.Take()));
    }

    [Fact]
    public void Keeps_an_object_again_whatever_the_ratio()
    {
        var pool = new ThreadLocalPool<Item>(handle => new Item(handle), 100, 1, 4, 0);
        var item = pool.Take();
        item.Release();

        pool.Take().Release();

        Assert.Same(item, pool.Take());
    }

    [Fact]
    public void An_object_list_comes_back_empty()
    {
        var list = ThreadLocalObjectList.NewInstance();
        list.Add("left over");

        list.Return();

        Assert.Empty(ThreadLocalObjectList.NewInstance(100));
    }

    private sealed class Item(ThreadLocalPool.Handle handle, int number = 0)
    {
        public int Number => number;

        public ThreadLocalPool.Handle Handle => handle;

        public void Release() => handle.Release(this);
    }
}
