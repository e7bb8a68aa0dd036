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
    public void An_object_list_comes_back_empty()
    {
        var list = ThreadLocalObjectList.NewInstance();
        list.Add("left over");

        list.Return();

        Assert.Empty(ThreadLocalObjectList.NewInstance(100));
    }

    private sealed class Item(ThreadLocalPool.Handle handle)
    {
        public ThreadLocalPool.Handle Handle => handle;

        public void Release() => handle.Release(this);
    }
}
