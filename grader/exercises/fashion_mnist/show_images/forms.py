#: right book | subplots, both axes hidden
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    figsize = (num_cols * scale, num_rows * scale)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.axes.get_xaxis().set_visible(False)
        ax.axes.get_yaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes

#: right not_squeezed | squeeze=False, ravel, grey
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale), squeeze=False)
    axes = axes.ravel()
    if titles is None:
        titles = [""] * len(imgs)
    for ax, img, title in zip(axes, imgs.asnumpy(), titles):
        ax.imshow(img, cmap="gray", vmin=0, vmax=img.max())
        ax.set_axis_off()
        ax.set_title(title)
    return list(axes)

#: right one_by_one | add_subplot for each image, a list
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig = plt.figure(figsize=(scale * num_cols, scale * num_rows))
    axes = []
    for i in range(len(imgs)):
        ax = fig.add_subplot(num_rows, num_cols, i + 1)
        ax.imshow(imgs[i].asnumpy(), cmap="gray_r")
        ax.axis("off")
        if titles is not None:
            ax.set_title(titles[i], fontsize=8)
        axes.append(ax)
    return axes

#: right by_columns | made column by column, each image in its place
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    plt.figure(figsize=(num_cols * scale, num_rows * scale))
    axes = {}
    for column in range(num_cols):
        for row in range(num_rows):
            i = row * num_cols + column
            axes[i] = plt.subplot(num_rows, num_cols, i + 1)
            axes[i].axis("off")
            if i < len(imgs):
                plt.imshow(imgs[i].asnumpy())
                if titles:
                    plt.title(titles[i])
    return [axes[i] for i in sorted(axes)]

#: right no_ticks | pyplot, no ticks, a tight layout, shown at the end
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    plt.figure(figsize=(num_cols * scale, num_rows * scale))
    for i, img in enumerate(imgs):
        plt.subplot(num_rows, num_cols, i + 1)
        plt.imshow(img.asnumpy())
        plt.xticks([])
        plt.yticks([])
        plt.title(titles[i] if titles else "")
    plt.tight_layout()
    axes = plt.gcf().get_axes()
    plt.show()
    return axes

#: right scaled | floats from 0 to 1, and a tuple
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig, axes = plt.subplots(nrows=num_rows, ncols=num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = tuple(axes.flat)
    for i in range(len(imgs)):
        axes[i].imshow(imgs[i].astype("float32").asnumpy() / 255, cmap=plt.cm.gray)
        axes[i].tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
        if titles:
            axes[i].set_title(titles[i], loc="left")
    return axes

#: right given_size | the size set later, nested loops
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig, axes = plt.subplots(num_rows, num_cols, squeeze=False)
    fig.set_size_inches(num_cols * scale, num_rows * scale)
    images = list(imgs.asnumpy())
    for row in range(num_rows):
        for column in range(num_cols):
            i = row * num_cols + column
            axes[row, column].set_axis_off()
            if i < len(images):
                axes[row, column].imshow(images[i])
                axes[row, column].set_title(titles[i] if titles is not None else "")
    return axes.reshape(-1)

#: wrong transposed | [turned] .T
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.T.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong same_image | [always_the_first] always the same image
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(imgs[0].asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong fortran | [column_by_column] flattened in Fortran's order
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten("F")
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong from_the_end | [backwards] pop takes the last
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    left = list(imgs)
    for i, ax in enumerate(axes):
        if not left:
            break
        ax.imshow(left.pop().asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong current_axes | [all_in_one] plt.imshow draws into the last axes
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        plt.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong current_title | [all_in_one] plt.title writes above the last axes
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            plt.title(titles[i])
    return axes

#: wrong size_in_rows | [size_swapped] height and width
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_rows * scale, num_cols * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong always_1_5 | [scale_ignored] 1.5 written down
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * 1.5, num_rows * 1.5))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong no_figsize | the size left out
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong rows_cols_swapped | [grid_swapped] the columns first
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_cols, num_rows, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong ticks | [axes_shown] the axes are drawn
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong one_axis | [axes_shown] the x axis alone is hidden
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.get_xaxis().set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong invisible | [images_hidden] the images hidden too
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_visible(False)
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong not_flattened | [axes_in_rows] the rows of axes taken for axes
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong returns_rows | [axes_in_rows] returned as rows and columns
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, (ax, img) in enumerate(zip(axes.flatten(), imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong returns_nothing | [returns_nothing] return forgotten
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, (ax, img) in enumerate(zip(axes.flatten(), imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])

#: wrong returns_last | [returns_one] ax instead of axes
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    for i, (ax, img) in enumerate(zip(axes.flatten(), imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return ax

#: wrong always_titles | [needs_titles] titles[i] where there are none
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        ax.set_title(titles[i])
    return axes

#: wrong mxnet_array | [mxnet_image] imshow takes no MXNet array
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img)
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    return axes

#: wrong titles_off | [titles_off_by_one] the titles one off
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i - 1])
    return axes

#: wrong as_many | [needs_all_images] an image for each of the axes
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i in range(num_rows * num_cols):
        axes[i].imshow(imgs[i].asnumpy())
        axes[i].set_axis_off()
        if titles:
            axes[i].set_title(titles[i])
    return axes

#: wrong many_figures | [figure_each] a figure for each image
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    axes = []
    for i, img in enumerate(imgs):
        fig, ax = plt.subplots(figsize=(num_cols * scale, num_rows * scale))
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
        axes.append(ax)
    return axes

#: wrong closed | [nothing_open] closed at the end
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale))
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        if titles:
            ax.set_title(titles[i])
    plt.close()
    return axes

#: wrong upside_down | [reversed] the first row of pixels at the bottom
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale), squeeze=False)
    axes = axes.ravel()
    for i, ax in enumerate(axes):
        ax.set_axis_off()
        if i < len(imgs):
            ax.imshow(imgs[i].asnumpy(), origin='lower')
            if titles is not None:
                ax.set_title(titles[i])
    return axes

#: right tick_params | no ticks and no numbers, by tick_params
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig = plt.figure()
    fig.set_size_inches(num_cols * scale, num_rows * scale)
    axes = fig.subplots(num_rows, num_cols, squeeze=False).flat
    axes = [a for a in axes]
    for a in axes[len(imgs):]:
        a.axis('off')
    for i in range(len(imgs)):
        axes[i].imshow(imgs[i].asnumpy())
        axes[i].tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
        axes[i].set_title('' if titles is None else titles[i])
    return axes

#: wrong ten_at_most | never more than ten images
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig, axs = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale), squeeze=False)
    axs = axs.ravel()
    for i, ax in enumerate(axs):
        ax.set_axis_off()
        if i < min(len(imgs), 10):
            ax.imshow(imgs[i].asnumpy())
            if titles is not None:
                ax.set_title(titles[i])
    return axs

#: wrong hides_everything | [images_hidden] the axes made invisible with all that is in them
def show_images(imgs, num_rows, num_cols, titles=None, scale=1.5):
    fig, axs = plt.subplots(num_rows, num_cols, figsize=(num_cols * scale, num_rows * scale), squeeze=False)
    axs = axs.ravel()
    for i, ax in enumerate(axs):
        if i < len(imgs):
            ax.imshow(imgs[i].asnumpy())
            if titles is not None:
                ax.set_title(titles[i])
        ax.set_visible(False)
    return axs
